import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { omiseKonbini } from "../../src/demo/bodies.ts"
import type { Chance } from "./Chance.ts"

export interface KillCliOptions {
  /** Of a migrated database with the merchant `default`, as `PAYFOLD_DATABASE_URL` has it. */
  readonly url: string
  readonly command: "ingest" | "rebuild"
  /** What is run and killed; `verify` and the repetition are always ours. */
  readonly program: "payfold" | "broken"
  readonly kills: number
  readonly bodies: number
  readonly chance: Chance
}

export interface KillCliFound {
  readonly seed: number
  readonly kills: number
  /** Kills that came before the command was done. */
  readonly interrupted: number
  readonly violations: ReadonlyArray<string>
}

/** What the broken program says when it has committed its rows and not yet its checkpoint. */
export const BETWEEN = "between two transactions"

const PAYFOLD = join(import.meta.dirname, "../../src/cli/main.js")
const PROGRAMS = { payfold: PAYFOLD, broken: join(import.meta.dirname, "twoTransactions.ts") }

/**
 * *A killed command leaves nothing half-done*: `payfold ingest` or `payfold rebuild` is killed (SIGKILL) at a random moment of its work, again and again.
 * Each time `payfold verify` passes, and the same command, run again, does the rest.
 */
export const killCliLaw = async (options: KillCliOptions): Promise<KillCliFound> => {
  const { url, command, program, kills, bodies, chance } = options
  const folder = mkdtempSync(join(tmpdir(), "payfold-kill-cli-"))
  const run = (file: string, words: ReadonlyArray<string>, killAt?: Moment) => runOnce(url, file, words, killAt)
  const violations: Array<string> = []
  let interrupted = 0
  const wordsOf = (round: number): ReadonlyArray<string> => {
    if (command === "rebuild") return ["rebuild", "--json"]
    const file = join(folder, `${round}.ndjson`)
    writeFileSync(file, drawBodies(round, bodies))
    return ["ingest", "omise", "--json", file]
  }
  try {
    const filled = join(folder, "filled.ndjson")
    writeFileSync(filled, drawBodies(kills + 1, bodies))
    await run(PAYFOLD, ["ingest", "omise", filled])
    // Undisturbed once: how long it takes.
    const startedMs = performance.now()
    const calm = await run(PROGRAMS[program], wordsOf(0))
    const tookMs = performance.now() - startedMs
    if (calm.code !== 0) violations.push(`undisturbed it ends with ${calm.code}: ${calm.stderr}`)
    for (let kill = 1; kill <= kills && violations.length === 0; kill++) {
      const words = wordsOf(kill)
      const afterMs = Math.round(tookMs * (0.2 + 0.8 * chance.fraction()))
      // The broken one is met at the moment in which it goes wrong.
      const killed = await run(PROGRAMS[program], words, program === "broken" ? { says: BETWEEN } : { afterMs })
      if (killed.code === null) interrupted += 1
      const verified = await run(PAYFOLD, ["verify", "--json"])
      if (verified.code !== 0)
        violations.push(`killed after ${afterMs} ms: verify says ${verified.stdout}${verified.stderr}`)
      const repeated = await run(PAYFOLD, words)
      const undone = linesOf(repeated.stdout).filter(line => !isDone(line))
      if (repeated.code !== 0 || undone.length > 0) {
        violations.push(
          `killed after ${afterMs} ms: the repetition ends with ${repeated.code}: ${undone[0] ?? repeated.stderr}`,
        )
      }
    }
    const verified = await run(PAYFOLD, ["verify", "--json"])
    if (verified.code !== 0) violations.push(`at the end verify says ${verified.stdout}${verified.stderr}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { seed: chance.seed, kills, interrupted, violations }
}

/** Each payment waits first and is paid at last, all of them at once, so that views change often. */
function drawBodies(round: number, count: number): string {
  const half = Math.ceil(count / 2)
  return Array.from({ length: count }, (_, index) => {
    const id = `chrg_${round}x${index % half}`
    const paid = { status: "successful", authorized: true, paid: true }
    return `${JSON.stringify(omiseKonbini(id, 1_000 + (index % half), `order-${index % 7}`, index < half ? {} : paid))}\n`
  }).join("")
}

const linesOf = (output: string): ReadonlyArray<string> => output.split("\n").filter(line => line !== "")

/** A delivery that was recorded; a view that was rebuilt and was not different. */
function isDone(line: string): boolean {
  const { state, switched, differences } = JSON.parse(line)
  if (switched === undefined) return state === "recorded"
  return switched === true && Object.values(differences).every(count => count === 0)
}

/** When to kill: some time after the start, or once this was said. */
type Moment = { readonly afterMs: number } | { readonly says: string }

interface Ran {
  /** Null for a process that was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const runOnce = async (
  url: string,
  file: string,
  words: ReadonlyArray<string>,
  killAt: Moment | undefined,
): Promise<Ran> => {
  const child = spawn(process.execPath, [file, ...words], { env: { ...process.env, PAYFOLD_DATABASE_URL: url } })
  const said = { stdout: "", stderr: "" }
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", text => {
      said[stream] += text
      if (killAt !== undefined && "says" in killAt && said.stdout.includes(killAt.says)) child.kill("SIGKILL")
    })
  }
  const isTimed = killAt !== undefined && "afterMs" in killAt
  const timer = isTimed ? setTimeout(() => child.kill("SIGKILL"), killAt.afterMs) : undefined
  const code = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject))
  clearTimeout(timer)
  return { code, ...said }
}
