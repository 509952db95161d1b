import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Redacted } from "effect"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { Chance } from "../../testing/laws/Chance.ts"
import { type KillImportOptions, killImportLaw } from "../../testing/laws/killImportLaw.ts"
import { logFile } from "../../testing/laws/logFile.ts"
import { createDatabase } from "../describeEachEngine.ts"

/** The long run, and the one on PGlite folders, is `laws/killImport.ts`. */
describe("an import that is killed", () => {
  const folder = mkdtempSync(join(tmpdir(), "payfold-kill-import-"))
  const file = join(folder, "log.ndjson")
  const chance = new Chance(Chance.anySeed())
  let text = ""
  beforeAll(async () => {
    text = await logFile(600, chance)
    writeFileSync(file, text)
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const newPostgres = async () => {
    const url = await createDatabase(inject("postgresTemplate"))
    return url._tag === "Postgres" ? Redacted.value(url.url) : ""
  }
  const run = async (options: Pick<KillImportOptions, "importer" | "newTarget" | "kills" | "chance">) => {
    const { importer } = options
    const found = await killImportLaw({ ...options, file, text, merchant: "shop" })
    console.log(`kills of an import by ${importer}: ${JSON.stringify(found)}`)
    return found.violations
  }

  test("has stored nothing or all, and completes when it is run again", { timeout: 120_000 }, async () => {
    expect(await run({ importer: "payfold", newTarget: newPostgres, kills: 3, chance })).toEqual([])
  })

  test("has not, when it commits after each batch", { timeout: 120_000 }, async () => {
    // The first kill of this seed comes after the first batch.
    const early = new Chance(7)
    expect(await run({ importer: "broken", newTarget: newPostgres, kills: 1, chance: early })).not.toEqual([])
  })
})
