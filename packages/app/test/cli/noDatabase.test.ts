import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { runPayfold } from "./runPayfold.ts"

/** What needs no database, with the exit code it has without one and what it says of wrong usage: the right one, in a line. */
const NEEDS_NONE: ReadonlyArray<readonly [ReadonlyArray<string>, number, string?]> = [
  [["--help"], 0],
  [["--completions", "bash"], 0],
  [["translate", "omise", "docs/examples/omise-konbini.json"], 0],
  [["merchant"], 0],
  [["payments", "--due", "soon"], 2, "30m, 24h, 3d or 2w"],
  [["payments", "--method", "cash"], 2, "konbini"],
  [["totals", "--from", "2026-02-30"], 2, "2026-11-01"],
  [["totals", "--from", "2026-02-02", "--to", "2026-02-01"], 2, "--to"],
  [["rebuild", "--as-of", "2026-02-30"], 2, "2026-11-01"],
]

test("opens no database for what needs none: nothing listens there", { timeout: 60_000 }, async () => {
  const environment = { PAYFOLD_DATABASE_URL: "postgres://payfold@127.0.0.1:1/payfold" }
  for (const [words, code, says] of NEEDS_NONE) {
    const ran = await runPayfold(words, { environment })
    expect([words, ran.code]).toEqual([words, code])
    if (says === undefined) expect([words, ran.stderr]).toEqual([words, ""])
    else expect([words, ran.stderr]).toEqual([words, expect.stringMatching(/^payfold: .*\n$/)])
    expect(ran.stderr).toContain(says ?? "")
  }
  // So that the above means something.
  const opened = await runPayfold(["status"], { environment })
  expect(opened).toMatchObject({ code: 1, stderr: expect.stringContaining("127.0.0.1") })
})

test("makes no folder for what needs none", { timeout: 60_000 }, async () => {
  const parent = mkdtempSync(join(tmpdir(), "payfold-test-"))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  const folder = join(parent, "log")
  const environment = { PAYFOLD_DATABASE_URL: `pglite:${folder}` }
  for (const words of [["--version"], ["translate", "omise", "docs/examples/omise-konbini.json"], ["show"]]) {
    await runPayfold(words, { environment })
    expect([words, existsSync(folder)]).toEqual([words, false])
  }
  await runPayfold(["status"], { environment })
  expect(existsSync(folder)).toBe(true)
})
