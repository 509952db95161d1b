import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { Database } from "../src/postgres/Database.ts"
import { migrate } from "../src/postgres/Migrate.ts"
import { viewKillLaw } from "../testing/laws/viewKillLaw.ts"
import type { Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

export const viewKills: Law = async (server, chance) => {
  const url = await migratedDatabase(server, "view_kills")
  const folder = mkdtempSync(join(tmpdir(), "payfold-view-kills-"))
  try {
    await Effect.runPromise(migrate().pipe(Effect.provide(Database.layer({ _tag: "PGlite", folder }))))
    const onPostgres = await viewKillLaw({ url, worker: "payfold", kills: 50, chance })
    const onPGlite = await viewKillLaw({ url: `pglite:${folder}`, worker: "payfold", kills: 50, chance })
    return [
      { what: "postgres", ...onPostgres },
      { what: "pglite", ...onPGlite },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
