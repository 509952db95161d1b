import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { Database } from "../src/postgres/Database.ts"
import { migrate } from "../src/postgres/Migrate.ts"
import { killImportLaw } from "../testing/laws/killImportLaw.ts"
import { logFile } from "../testing/laws/logFile.ts"
import type { Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

const PAYMENTS = 3_000
const KILLS = Number(process.env["PAYFOLD_KILLS"] ?? 50)

export const killImport: Law = async (server, chance) => {
  const folder = mkdtempSync(join(tmpdir(), "payfold-kill-import-"))
  let targets = 0
  const newFolder = async () => {
    targets += 1
    const target = join(folder, `pglite-${targets}`)
    await Effect.runPromise(migrate().pipe(Effect.provide(Database.layer({ _tag: "PGlite", folder: target }))))
    return `pglite:${target}`
  }
  const newPostgres = () => {
    targets += 1
    return migratedDatabase(server, `kill_import_${targets}`)
  }
  try {
    const file = join(folder, "log.ndjson")
    const text = await logFile(PAYMENTS, chance)
    writeFileSync(file, text)
    const importing = { importer: "payfold", file, text, merchant: "shop", kills: KILLS, chance } as const
    return [
      { what: "postgres", ...(await killImportLaw({ ...importing, newTarget: newPostgres })) },
      { what: "pglite", ...(await killImportLaw({ ...importing, newTarget: newFolder })) },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
