import { spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { resolve } from "node:path"
import { copyPackages } from "./copyPackages.ts"

/**
 * Every mutant Stryker can think of in `packages/domain/src`, in a copy of the packages: Stryker's own sandbox needs a compiler API that TypeScript 7 no
 * longer has, so it works in place. Arguments go to Stryker (`--mutate …` for one source). Prints what lives; ends with 1 below 95 %.
 */
async function main(words: ReadonlyArray<string>): Promise<number> {
  const copy = copyPackages(resolve(import.meta.dirname, "../../.."))
  try {
    const code = await stryker(copy, ["run", "packages/domain/mutants/stryker.json", ...words])
    const report = `${copy}/mutation.json`
    if (!existsSync(report)) return code === 0 ? 3 : code
    printLiving(JSON.parse(readFileSync(report, "utf8")))
    return code
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** Few histories a law: the mutants are many, and each has to fail only once. */
const FEW = { PAYFOLD_RUNS: "20", PAYFOLD_SEED: "20251121" }

function stryker(copy: string, words: ReadonlyArray<string>): Promise<number> {
  const command = `${copy}/node_modules/@stryker-mutator/core/bin/stryker.js`
  return new Promise((end, reject) => {
    const child = spawn(process.execPath, [command, ...words], {
      cwd: copy,
      env: { ...process.env, ...FEW },
      stdio: "inherit",
    })
    child.on("error", reject)
    child.on("close", code => end(code ?? 1))
  })
}

/** The part of a mutation report that is read: https://github.com/stryker-mutator/mutation-testing-elements, its JSON schema. */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: ReadonlyArray<ReportedMutant> }>>
}

interface ReportedMutant {
  readonly status: string
  readonly mutatorName: string
  readonly replacement?: string
  readonly location: { readonly start: Place; readonly end: Place }
}

interface Place {
  readonly line: number
  readonly column: number
}

function printLiving({ files }: Report): void {
  const mutants = Object.values(files).flatMap(file => file.mutants)
  for (const [path, { source, mutants: ofFile }] of Object.entries(files)) {
    for (const { status, mutatorName, replacement, location } of ofFile) {
      if (status !== "Survived" && status !== "NoCoverage") continue
      const line = source.split("\n")[location.start.line - 1]?.trim() ?? ""
      console.info(`lives: ${path}:${location.start.line} ${mutatorName}: ${line} → ${replacement ?? "(nothing)"}`)
    }
  }
  const counted = mutants.filter(({ status }) => status !== "Ignored")
  const killed = counted.filter(({ status }) => status === "Killed" || status === "Timeout")
  const score = ((100 * killed.length) / counted.length).toFixed(2)
  console.info(`${killed.length} of ${counted.length} mutants killed: ${score} %`)
}

process.exitCode = await main(process.argv.slice(2))
