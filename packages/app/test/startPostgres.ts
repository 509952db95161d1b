import { Effect, Result } from "effect"
import type { TestProject } from "vitest/node"
import { Database } from "../src/postgres/Database.ts"
import { databaseUrlFromText } from "../src/postgres/DatabaseUrl.ts"
import { migrate } from "../src/postgres/Migrate.ts"
import { PostgresServer } from "../testing/PostgresServer.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the server's `postgres` database. */
    readonly postgresUrl: string
    /** A migrated database that is only ever copied. */
    readonly postgresTemplate: string
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
  return () => server.stop()
}
