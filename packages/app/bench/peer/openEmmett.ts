import { getPostgreSQLEventStore, type PostgresEventStore } from "@event-driven-io/emmett-postgresql"
import pg from "pg"

/** The peer's store on a database of its own, with as many connections as it has writers. */
export interface OpenEmmett {
  readonly store: PostgresEventStore
  readonly close: () => Promise<void>
}

/**
 * As its documentation teaches: `getPostgreSQLEventStore(connectionString)`, which migrates itself, here with a pool that is as large as is asked for.
 *
 * Source: event-driven-io.github.io/emmett/event-stores/postgresql (read 2026-11-21), and the package's own types.
 */
export async function openEmmett(url: string, connections: number): Promise<OpenEmmett> {
  const pool = new pg.Pool({ connectionString: url, max: connections })
  pool.on("error", () => undefined)
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pooled: true, pool } })
  await store.schema.migrate()
  return {
    store,
    close: async () => {
      await store.close()
      if (!pool.ended) await pool.end()
    },
  }
}
