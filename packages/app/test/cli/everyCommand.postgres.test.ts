import { spawnSync } from "node:child_process"
import { Redacted } from "effect"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { createDatabase } from "../describeEachEngine.ts"
import { COMMANDS, GROUPS } from "./commandTree.ts"
import { type PreparedFolder, preparedFolder } from "./preparedFolder.ts"
import { jsonLines, runIn, runOnTerminal } from "./runPayfold.ts"

const NO_STACK = /^\s+at /m
const ESCAPE = "\u001b"
/** Commands whose output has colours on a terminal, whatever it is about: a table's heading, a verdict. */
const COLOURED = ["payments", "totals", "show", "status", "inbox", "merchant list", "verify", "rebuild"]

const EXAMPLES = COMMANDS.flatMap(({ path, command }) =>
  command.examples.map(example => ({ name: path.slice(1).join(" "), line: example.command })),
)

const prepared = async (): Promise<PreparedFolder> => {
  const database = await createDatabase(inject("postgresTemplate"))
  if (database._tag !== "Postgres") throw new Error("a database of the test's server has its address")
  const folder = preparedFolder(Redacted.value(database.url))
  const ingested = await runIn(
    folder.folder,
    "payfold ingest omise charge.json many.ndjson broken.json",
    folder.environment,
  )
  // One was quarantined.
  expect(ingested).toMatchObject({ code: 1, stderr: "" })
  return folder
}

test("every command that does something has an example, which runs it", () => {
  for (const { path, command } of COMMANDS) {
    const name = path.join(" ")
    if (!GROUPS.includes(name)) expect([name, command.examples.length > 0]).toEqual([name, true])
    for (const example of command.examples) expect(example.command).toContain(`payfold ${path.slice(1).join(" ")}`)
  }
})

describe("in a pipe", () => {
  let folder: PreparedFolder
  beforeAll(async () => {
    folder = await prepared()
  })
  afterAll(() => folder.remove())

  // In the order of the help: a later example may build on what an earlier one did.
  test.each(EXAMPLES)("$line", { timeout: 60_000 }, async ({ line }) => {
    const ran = await runIn(folder.folder, line, folder.environment)
    expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringMatching(NO_STACK)])
    expect(ran.stdout).not.toContain(ESCAPE)
    expect(ran.stderr).not.toContain(ESCAPE)
    // Throws where a line is no document.
    if (line.includes(" --json")) expect(jsonLines(ran.stdout)).not.toContain(undefined)
  })

  test("lists are rows with tabs and no heading", async () => {
    const { stdout } = await runIn(folder.folder, "payfold payments --order A-1001", folder.environment)
    const lines = stdout.trimEnd().split("\n")
    expect(lines).toHaveLength(1)
    expect(lines[0]?.split("\t").slice(0, 3)).toEqual(["omise:chrg_test_5readme0000000000001", "awaiting", "¥1,500"])
  })

  test("a reader that has seen enough ends the command quietly", async () => {
    const line = "payfold payments --json | head -n 1; echo $" + "{PIPESTATUS[0]}"
    const ran = await runIn(folder.folder, line, folder.environment)
    const [first, code] = ran.stdout.split("\n")
    expect(jsonLines(first ?? "")).toHaveLength(1)
    expect([code, ran.stderr]).toEqual(["0", ""])
  })
})

describe("on a terminal", () => {
  let folder: PreparedFolder
  beforeAll(async () => {
    const found = spawnSync("script", ["--version"])
    if (found.status !== 0) throw new Error("`script` of util-linux is missing: without it no terminal can be tested")
    folder = await prepared()
  })
  afterAll(() => folder.remove())

  const first = EXAMPLES.filter((example, index) => EXAMPLES.findIndex(({ name }) => name === example.name) === index)

  test.each(first)("$line", { timeout: 60_000 }, async ({ name, line }) => {
    const ran = await runOnTerminal(folder.folder, line, folder.environment)
    expect([ran.code, ran.stdout]).toEqual([0, expect.not.stringMatching(NO_STACK)])
    if (COLOURED.includes(name)) expect(ran.stdout).toContain(`${ESCAPE}[`)
    if (line.includes(" --json")) expect(ran.stdout).not.toContain(ESCAPE)
  })

  test("NO_COLOR takes the colours and leaves the tables", async () => {
    const environment = { ...folder.environment, NO_COLOR: "1" }
    const { stdout } = await runOnTerminal(
      folder.folder,
      "payfold payments --order A-1001 && payfold --help",
      environment,
    )
    expect(stdout).not.toContain(ESCAPE)
    const [heading, row] = stdout.split("\n")
    expect(heading).toMatch(/^payment +status +requested/)
    expect(row).toMatch(/^omise:chrg_test_5readme0000000000001 +awaiting +¥1,500/)
  })
})
