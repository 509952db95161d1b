import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Redacted } from "effect"
import { expect, inject, test } from "vitest"
import { ROOT, runShell } from "./cli/runPayfold.ts"
import { createDatabase } from "./describeEachEngine.ts"

const PAGE = readFileSync(join(ROOT, "docs/operating.md"), "utf8")
const COMMANDS = [...PAGE.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => (block ?? "").trim().split("\n"))

test("docs/operating.md: every command runs, in order", { timeout: 120_000 }, async () => {
  const line = COMMANDS.map(command => command.replace(/^payfold/, "node packages/app/src/cli/main.js")).join(" && ")
  const url = await createDatabase(inject("postgresTemplate"))
  if (url._tag !== "Postgres") throw new Error("a database of the test's server has its address")
  const ran = await runShell(line, { PAYFOLD_DATABASE_URL: Redacted.value(url.url) })
  expect([ran.code, ran.stderr.split("\n").filter(text => text.startsWith("payfold:"))]).toEqual([0, []])
  expect(ran.stdout).toContain("The views equal the log")
  expect(COMMANDS.length).toBeGreaterThan(5)
})

test("docs/operating.md names every finding of verify", () => {
  const kinds = ["gap", "version", "time", "chain", "tail", "event", "head", "missing", "provider", "body"]
  for (const kind of [...kinds, "not-implied", "not-recorded"]) expect(PAGE).toContain(`\`${kind}\``)
})
