import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Result } from "effect"
import type { TestProject } from "vitest/node"
import { Database } from "../src/postgres/Database.ts"
import { databaseUrlFromText } from "../src/postgres/DatabaseUrl.ts"
import { migrate } from "../src/postgres/Migrate.ts"
import { openPGlite } from "../src/postgres/openPGlite.ts"
import { PostgresServer } from "../testing/PostgresServer.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the server's `postgres` database. */
    readonly postgresUrl: string
    /** A migrated database that is only ever copied. */
    readonly postgresTemplate: string
    /** A file with a dump of an empty PGlite, and one of a migrated one: read four times as fast as a new one is made. */
    readonly emptyPGlite: string
    readonly migratedPGlite: string
  }
}

/** One PostgreSQL for all test files, with a migrated database to copy. Nothing has to survive it, so it does not sync. */
export default async (project: TestProject) => {
  const server = await PostgresServer.start({ fsync: "off", full_page_writes: "off", max_connections: "200" })
  const template = "payfold_template"
  const url = Result.getOrThrow(databaseUrlFromText(await server.createDatabase(template)))
  await Effect.runPromise(migrate().pipe(Effect.provide(Database.layer(url))))
  project.provide("postgresUrl", server.url())
  project.provide("postgresTemplate", template)
  const folder = mkdtempSync(join(tmpdir(), "payfold-pglite-"))
  project.provide("emptyPGlite", await dumpPGlite(join(folder, "empty.tar"), Effect.void))
  project.provide("migratedPGlite", await dumpPGlite(join(folder, "migrated.tar"), migrate()))
  return async () => {
    rmSync(folder, { recursive: true, force: true })
    await server.stop()
  }
}

const dumpPGlite = async (file: string, prepare: Effect.Effect<unknown, unknown, Database>): Promise<string> => {
  const pglite = await openPGlite(undefined)
  await Effect.runPromise(
    Effect.andThen(
      prepare,
      Effect.promise(async () =>
        writeFileSync(file, Buffer.from(await (await pglite.dumpDataDir("none")).arrayBuffer())),
      ),
    ).pipe(Effect.provide(Database.layerFromPGlite(async () => pglite))),
  )
  return file
}
