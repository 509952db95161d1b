import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { expect, onTestFinished, test } from "vitest"
import { ROOT, runPayfold } from "./runPayfold.ts"

/** The files that a run of `payfold` loads, by their paths in the repository or from the last `node_modules` on. */
async function loadedBy(words: ReadonlyArray<string>): Promise<ReadonlyArray<string>> {
  const folder = mkdtempSync(join(tmpdir(), "payfold-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const recorded = join(folder, "modules")
  const recorder = pathToFileURL(join(import.meta.dirname, "recordModules.ts"))
  const environment = {
    NODE_OPTIONS: `--import ${recorder}`,
    RECORDED_MODULES: recorded,
    // Nothing listens there.
    PAYFOLD_DATABASE_URL: "postgres://payfold@127.0.0.1:1/payfold",
  }
  await runPayfold(words, { environment })
  const root = `${pathToFileURL(ROOT)}/`
  return readFileSync(recorded, "utf8")
    .split("\n")
    .filter(url => url.startsWith("file:"))
    .map(url => url.replace(root, "").replace(/^.*\/node_modules\//, ""))
}

/** What takes longer to load than help takes to print. */
const HEAVY = /^(kysely|pg|@electric-sql\/pglite|packages\/(domain|adapters))\/|^effect\/dist\/index\.js$/

/** The path of what answers without doing anything: definitions, and what a failure looks like. */
const LIGHT = /^packages\/app\/src\/(cli\/main\.js|(cli\/[^/]+|cli\/commands\/[^/]+|postgres\/DatabaseUrl)\.ts)$/

test.each([
  [["--help"]],
  [["payments", "--help"]],
  [["--version"]],
  [["--completions", "bash"]],
  [["payments", "--due", "soon"]],
  [["rebuild", "nothing"]],
])("%j loads no database, no domain, no adapter, no action", async words => {
  const loaded = await loadedBy(words)
  expect(loaded).toContain("packages/app/src/cli/commands/show.ts")
  expect(loaded.filter(path => HEAVY.test(path))).toEqual([])
  expect(loaded.filter(path => path.startsWith("packages/") && !LIGHT.test(path))).toEqual([])
})

test("translate loads no database", async () => {
  const loaded = await loadedBy(["translate", "omise", "docs/examples/omise-konbini.json"])
  expect(loaded).toContain("packages/app/src/cli/actions/translate.ts")
  expect(loaded.filter(path => /^(kysely|pg|@electric-sql\/pglite)\//.test(path))).toEqual([])
})

test("a command that reads loads a database, and of the actions its own", async () => {
  const loaded = await loadedBy(["payments"])
  // So that the above means something.
  for (const path of [/^kysely\//, /^pg\//, /^packages\/domain\//]) {
    expect(loaded).toContainEqual(expect.stringMatching(path))
  }
  expect(loaded).toContain("packages/app/src/cli/actions/payments.ts")
  expect(loaded).not.toContain("packages/app/src/cli/actions/ingest.ts")
})
