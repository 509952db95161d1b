import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { Database } from "../src/postgres/Database.ts"
import { migrate } from "../src/postgres/Migrate.ts"
import { killLaw } from "../testing/laws/killLaw.ts"
import type { Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

export const kill: Law = async (server, chance) => {
  const url = await migratedDatabase(server, "kill")
  const folder = mkdtempSync(join(tmpdir(), "payfold-kill-"))
  try {
    await Effect.runPromise(migrate().pipe(Effect.provide(Database.layer({ _tag: "PGlite", folder }))))
    return [
      { what: "postgres", ...(await killLaw({ url, receiver: "payfold", kills: 50, chance })) },
      { what: "pglite", ...(await killLaw({ url: `pglite:${folder}`, receiver: "payfold", kills: 10, chance })) },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
