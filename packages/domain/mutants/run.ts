import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { copyPackages } from "./copyPackages.ts"
import { DOMAIN_MUTANTS } from "./domainMutants.ts"
import type { Mutant } from "./Mutant.ts"
import { OMISE_MUTANTS } from "./omiseMutants.ts"
import { runTests } from "./runTests.ts"
import { UNIVAPAY_MUTANTS } from "./univapayMutants.ts"

/**
 * Applies each mutant to a copy of the packages and demands that its tests fail; the work tree is never touched. An argument chooses mutants by their
 * file. Exit code: 0 all killed, 1 one lives or no longer fits its source, 3 void, because the tests fail without any mutant.
 */
async function main(chosen: string | undefined): Promise<number> {
  const root = resolve(import.meta.dirname, "../../..")
  const mutants = [...DOMAIN_MUTANTS, ...OMISE_MUTANTS, ...UNIVAPAY_MUTANTS].filter(
    ({ file }) => chosen === undefined || file.includes(chosen),
  )
  const misfits = mutants.filter(mutant => !fits(root, mutant))
  for (const misfit of misfits)
    console.error(`no longer fits: ${describe(misfit)}, killed by ${misfit.killedBy.join(", ")}`)
  if (misfits.length > 0) return 1
  const copies = [copyPackages(root), copyPackages(root)]
  try {
    const [first = root] = copies
    const healthy = await runTests(first, [...new Set(mutants.flatMap(({ killedBy }) => killedBy))])
    if (healthy._tag !== "passed") {
      console.error("void: the tests fail without any mutant", healthy._tag === "broken" ? healthy.output : "")
      return 3
    }
    const queue = [...mutants]
    const living = (await Promise.all(copies.map(copy => work(copy, queue)))).flat()
    for (const mutant of living) console.error(`lives: ${describe(mutant)}`)
    console.info(`${mutants.length - living.length} of ${mutants.length} mutants killed`)
    return living.length === 0 ? 0 : 1
  } finally {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true })
  }
}

/** Takes mutants from the queue until it is empty; gives back those that live. */
async function work(copy: string, queue: Array<Mutant>): Promise<ReadonlyArray<Mutant>> {
  const living: Array<Mutant> = []
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const { file, text, replacement, killedBy } = mutant
    const path = `${copy}/${file}`
    const source = readFileSync(path, "utf8")
    writeFileSync(
      path,
      source.replace(text, () => replacement),
    )
    const ended = await runTests(copy, killedBy)
    writeFileSync(path, source)
    if (ended._tag !== "failed") living.push(mutant)
    console.info(`${ended._tag === "failed" ? "killed" : `LIVES (${ended._tag})`}  ${describe(mutant)}`)
    if (ended._tag === "broken") console.error(ended.output)
  }
  return living
}

/** The text stands in the source once, and the tests are where they were: a test file that is not found kills nothing. */
function fits(root: string, { file, text, killedBy }: Mutant): boolean {
  const isThere = [file, ...killedBy].every(path => existsSync(`${root}/${path}`))
  return isThere && readFileSync(`${root}/${file}`, "utf8").split(text).length === 2
}

function describe({ file, text, replacement }: Mutant): string {
  const [from, to] = [text, replacement].map(part => part.replaceAll(/\s+/g, " ").trim())
  return `${file}: ${from} → ${to === "" ? "(nothing)" : to}`
}

process.exitCode = await main(process.argv[2])
