import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"

/**
 * Tells the planner how long the log is where it does not know: PGlite has nobody who does (autovacuum), and a PostgreSQL fresh from a restore not yet.
 * Without it each page of payments sorts what is left of the log: at 200,000 events 0.2 s a page of 500. A role that may not analyse is warned by the
 * server and goes on.
 */
export const analyzeLog = Effect.gen(function* () {
  const database = yield* Database
  yield* database.query("analyse log", async kysely => {
    const { rows } = await sql<{ isUnknown: boolean }>`select
      reltuples < (select max(head) from payfold.log_head) / 2 as "isUnknown" from pg_class
      where oid = 'payfold.event'::regclass`.execute(kysely)
    if (rows[0]?.isUnknown === true) await sql`analyze payfold.event`.execute(kysely)
  })
})
