import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"

/** Bodies dropped by one statement: each is rewritten, and others wait for none of it. */
const BATCH_DELIVERIES = 1000

/**
 * Drops the bodies of deliveries that were recorded or ignored before an instant; returns how many. What waits or is quarantined keeps its body.
 *
 * The row, its hash and its events stay, so the same body is still known. What it costs: a pruned delivery cannot be translated again, so an adapter
 * upgrade leaves the facts it taught as they are, and nobody can look at what was sent.
 */
export const prune = Effect.fn("prune")(function* (merchant: string, before: string) {
  const database = yield* Database
  let pruned = 0
  while (true) {
    const { numUpdatedRows } = yield* database.query("prune bodies", kysely =>
      kysely
        .updateTable("delivery")
        .set(({ fn }) => ({ body: null, pruned_at: fn<string>("date_trunc", [sql.lit("milliseconds"), sql`now()`]) }))
        .where("merchant", "=", merchant)
        .where("delivery_id", "in", query =>
          query
            .selectFrom("delivery")
            .select("delivery_id")
            .where("merchant", "=", merchant)
            .where("state", "in", ["recorded", "ignored"])
            .where("body", "is not", null)
            .where("drained_at", "<", before)
            .orderBy("delivery_id")
            .limit(BATCH_DELIVERIES),
        )
        .executeTakeFirst(),
    )
    pruned += Number(numUpdatedRows)
    if (Number(numUpdatedRows) < BATCH_DELIVERIES) return pruned
  }
})
