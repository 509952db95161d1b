import { Effect } from "effect"
import { migrate } from "../src/postgres/Migrate.ts"
import { plainDatabase } from "../testing/laws/withLogs.ts"
import type { PostgresServer } from "../testing/PostgresServer.ts"

/** The address of a new database of ours. */
export const migratedDatabase = async (server: PostgresServer, name: string): Promise<string> => {
  const url = await server.createDatabase(name)
  await Effect.runPromise(migrate().pipe(Effect.provide(plainDatabase(url, 1))))
  return url
}
