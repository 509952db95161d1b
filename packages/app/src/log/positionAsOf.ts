import { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../postgres/Database.ts"
import { payfoldSchemaName } from "../postgres/payfoldSchemaName.ts"
import { UnknownMerchant } from "./AppendError.ts"

/**
 * The last position recorded at or before an instant (ISO 8601); 0 when nothing was recorded by then.
 *
 * Positions have no gaps and their instants never run backwards, so a binary search over the primary key finds it: some thirty
 * look-ups in one statement, and no index on the instant for every append to keep up.
 */
export const positionAsOf = Effect.fn("EventLog.positionAsOf")(function* (
  database: Database["Service"],
  merchant: string,
  instant: string,
) {
  const { rows } = yield* database.read("read position as of", db =>
    sql<{ position: number }>`
      with recursive search(lowest, highest) as (
        select 0::bigint, head from ${table("log_head")} where merchant = ${merchant}
        union all
        select
          case when middle.recorded_at <= ${instant}::timestamptz then middle.position else search.lowest end,
          case when middle.recorded_at <= ${instant}::timestamptz then search.highest else middle.position - 1 end
        from search join ${table("event")} as middle
          on middle.merchant = ${merchant} and middle.position = (search.lowest + search.highest + 1) / 2
        where search.lowest < search.highest
      )
      select lowest as position from search where lowest = highest`.execute(db),
  )
  const [row] = rows
  return row === undefined ? yield* new UnknownMerchant({ merchant }) : row.position
})

const table = (name: "log_head" | "event") => sql.table(`${payfoldSchemaName}.${name}`)
