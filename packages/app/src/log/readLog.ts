import { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../postgres/Database.ts"
import { storedEventColumns, storedEventFromRow } from "./storedEventFromRow.ts"

/** How much one batch may hold. The first event is always in it, however large. */
export interface BatchSize {
  readonly events?: number
  readonly bytes?: number
}

export const defaultBatchSize = { events: 500, bytes: 4 * 1024 * 1024 } as const

/**
 * The events after a position, in order; none means the reader has caught up. `bytes` bounds the data, in UTF-8.
 *
 * Asking for what comes after the last position read misses nothing, ever: the counter row is locked until commit, so no event can
 * appear behind one that was already visible.
 */
export const readLog = Effect.fn("EventLog.readLog")(function* (
  database: Database["Service"],
  merchant: string,
  after: number,
  { events = defaultBatchSize.events, bytes = defaultBatchSize.bytes }: BatchSize = {},
) {
  const rows = yield* database.read("read log", db =>
    db
      .selectFrom(
        db
          .selectFrom("event")
          .select(storedEventColumns)
          .select(sql<number>`sum(octet_length(data)) over (order by position) - octet_length(data)`.as("bytes_before"))
          .where("merchant", "=", merchant)
          .where("position", ">", after)
          // A range and not a limit: positions are gapless, and a log that was never analysed (PGlite does it by nobody) was sorted whole for a limit.
          .where("position", "<=", after + events)
          .as("batch"),
      )
      .select(storedEventColumns)
      .where(({ eb, or }) => or([eb("bytes_before", "=", 0), eb("bytes_before", "<", bytes)]))
      .orderBy("position")
      .execute(),
  )
  return rows.map(storedEventFromRow)
})
