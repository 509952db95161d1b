import { spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"

/** How one run of test files ended; `broken` where it could not be told, with what was printed. */
export type TestsEnded = { readonly _tag: "passed" | "failed" } | { readonly _tag: "broken"; readonly output: string }

/** Enough to kill every mutant from the seed given, few enough to be quick. */
const LAWS = { PAYFOLD_SEED: "20251121", PAYFOLD_RUNS: "1000" }

/** Runs test files of a copy, from one seed, and stops at the first that fails. */
export function runTests(copy: string, files: ReadonlyArray<string>): Promise<TestsEnded> {
  const report = `${copy}/report.json`
  rmSync(report, { force: true })
  const options = ["--root", copy, "--project", "unit", "--bail", "1", "--maxWorkers", "1"]
  const reporter = ["--reporter", "json", "--outputFile", report]
  const vitest = `${copy}/node_modules/vitest/vitest.mjs`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, "run", ...options, ...reporter, ...files], {
      cwd: copy,
      env: { ...process.env, ...LAWS },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let output = ""
    const keep = (chunk: Buffer) => {
      output = `${output}${chunk}`.slice(-4_000)
    }
    child.stdout.on("data", keep)
    child.stderr.on("data", keep)
    child.on("error", reject)
    child.on("close", code => resolve(endOf(code, existsSync(report) ? readFileSync(report, "utf8") : "", output)))
  })
}

/** A run in which no test failed though it did not pass has not killed anything: a file may not even have been found. */
function endOf(code: number | null, report: string, output: string): TestsEnded {
  const count = (name: string) => Number(new RegExp(`"${name}":\\s*(\\d+)`).exec(report)?.[1] ?? "0")
  if (code !== 0 && count("numFailedTests") > 0) return { _tag: "failed" }
  return code === 0 && count("numPassedTests") > 0 ? { _tag: "passed" } : { _tag: "broken", output }
}
