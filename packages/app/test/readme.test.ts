import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { ownDatabase, ROOT, runShell } from "./cli/runPayfold.ts"

const README = readFileSync(join(ROOT, "README.md"), "utf8")
const SCRIPTS = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts

/** The commands of the README's shell blocks, in order. */
const COMMANDS = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => (block ?? "").trim().split("\n"))

/** The texts that the README says are printed, line by line. */
const PRINTED = [...README.matchAll(/```text\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  (block ?? "").trimEnd().split("\n"),
)

/** What a script of the workspace runs: the package runner itself is the reader's, not ours to test. */
function withoutRunner(command: string): string {
  return command.replace(/npx -y pnpm@12 (?:--silent )?(\w+)/g, (_, script: string) => SCRIPTS[script])
}

test("runs every command of the README, in order, and prints what it says", { timeout: 120_000 }, async () => {
  const environment = ownDatabase()
  const folder = mkdtempSync(join(tmpdir(), "payfold-readme-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  let printed = ""
  for (const command of COMMANDS) {
    // This very run.
    if (command.endsWith(" test")) continue
    const ran = await runShell(
      withoutRunner(command).replace("payfold.ndjson", join(folder, "payfold.ndjson")),
      environment,
    )
    expect([command, ran.code, ran.stderr]).toEqual([command, command.startsWith("echo '{'") ? 1 : 0, ""])
    printed += ran.stdout
  }
  expect(readFileSync(join(folder, "payfold.ndjson"), "utf8")).toContain("chrg_test_5readme0000000000001")
  const lines = printed.split("\n").map(line => line.trimEnd())
  // Line by line: the README leaves out what lies between.
  for (const line of PRINTED) expect([line, lines.some(found => found.startsWith(line))]).toEqual([line, true])
})

test("walks from the demo to an own payload exported in under ten commands", () => {
  const walk = COMMANDS.slice(0, COMMANDS.findIndex(command => command.includes(" payfold export")) + 1)
  expect(walk[0]).toMatch(/ demo$/)
  for (const word of ["ingest", "show", "rebuild"])
    expect(walk.some(command => command.includes(` payfold ${word}`))).toBe(true)
  expect(walk.length).toBeLessThan(10)
})

test("names only commands and files that exist", () => {
  for (const command of COMMANDS) {
    const script = /npx -y pnpm@12 (?:--silent )?(\w+)/.exec(command)?.[1]
    expect(Object.keys(SCRIPTS)).toContain(script)
  }
  for (const [, target] of README.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    const [file = "", section] = (target ?? "").split("#")
    expect([file, existsSync(join(ROOT, file))]).toEqual([file, true])
    if (section !== undefined) expect(sectionsOf(file)).toContain(section)
  }
})

/** The headings of a page as links name them. */
function sectionsOf(file: string): ReadonlyArray<string> {
  const headings = readFileSync(join(ROOT, file), "utf8").matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"))
}
