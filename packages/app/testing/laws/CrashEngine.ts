import type { PGlite } from "@electric-sql/pglite"
import { Effect, type Layer } from "effect"
import { PGliteDialect, PostgresDialect } from "kysely"
import pg from "pg"
import { Database } from "../../src/postgres/Database.ts"
import { defaultDatabaseLimits } from "../../src/postgres/DatabaseLimits.ts"
import { postgresPool } from "../../src/postgres/PostgresPool.ts"
import { LocalWakeUps } from "../../src/postgres/WakeUps.ts"
import { type Intercept, InterceptedDialect } from "../InterceptedDialect.ts"

/** A process on the database, as far as the database can tell. */
export interface DatabaseProcess {
  readonly database: Layer.Layer<Database, unknown>
  /** Its connections are lost, and it lives on. */
  readonly cut: () => Promise<void>
  /** It is gone, as after a SIGKILL: nothing is closed, and the server rolls back what it left open. Returns when that is done. */
  readonly kill: () => Promise<void>
}

/** Where processes can be started and killed. One at a time. */
export interface CrashEngine {
  readonly name: "pglite" | "postgres"
  readonly start: (intercept: Intercept) => DatabaseProcess
  readonly stop: () => Promise<void>
}

/** Processes on a PostgreSQL database that nobody else uses. */
export const postgresCrashes = async (url: string): Promise<CrashEngine> => {
  const watcher = new pg.Client({ connectionString: url, application_name: "watcher" })
  await watcher.connect()
  return {
    name: "postgres",
    start: intercept => {
      const pool = postgresPool(url, { ...defaultDatabaseLimits, connections: 3 })
      const dialect = new InterceptedDialect(new PostgresDialect({ pool }), intercept)
      // Until each has come to its end, so that its locks are gone. (Letting the server wait costs a tenth of a second a time.)
      const cut = async () => {
        while (((await watcher.query(terminateAll)).rowCount ?? 0) > 0);
      }
      return {
        database: Database.layerFromDialect("postgres", Effect.succeed({ dialect, wakeUps: new LocalWakeUps() })),
        cut,
        kill: async () => {
          await cut()
          // Connections that were lent when the process died never come back to their pool: it is not waited for.
          pool.end().catch(() => undefined)
        },
      }
    },
    stop: () => watcher.end(),
  }
}

const terminateAll = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'payfold'`

/** Processes on one PGlite, as if each had opened the folder again. What a folder survives is shown with real processes elsewhere. */
export const pgliteCrashes = (pglite: PGlite): CrashEngine => ({
  name: "pglite",
  start: intercept => {
    const dialect = new InterceptedDialect(new PGliteDialect({ pglite }), intercept)
    return {
      database: Database.layerFromDialect("pglite", Effect.succeed({ dialect, wakeUps: new LocalWakeUps() })),
      // There is no connection between PGlite and its process that could be lost.
      cut: () => dialect.rollbackOpen(),
      kill: () => dialect.rollbackOpen(),
    }
  },
  stop: () => pglite.close(),
})
