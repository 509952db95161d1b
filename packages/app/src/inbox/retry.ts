import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { drain } from "./drain.ts"

/**
 * Takes quarantined deliveries up again: those named, or all. One that still cannot be read goes back with its new reason; facts that a part of it
 * taught before are known and not recorded again. Returns how many were taken up, and how many are in quarantine afterwards.
 */
export const retry = Effect.fn("retry")(function* (merchant: string, deliveries: ReadonlyArray<number> | "all") {
  const database = yield* Database
  const taken = yield* database.query("retry deliveries", kysely =>
    kysely
      .updateTable("delivery")
      .set({ state: "waiting", reason: null })
      .where("merchant", "=", merchant)
      .where("state", "=", "quarantined")
      .where("body", "is not", null)
      .$if(deliveries !== "all", query => query.where("delivery_id", "in", deliveries === "all" ? [] : deliveries))
      .executeTakeFirst(),
  )
  yield* drain(merchant)
  const [left] = yield* database.query("count quarantined", kysely =>
    kysely
      .selectFrom("delivery")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("merchant", "=", merchant)
      .where("state", "=", "quarantined")
      .execute(),
  )
  return { retried: Number(taken.numUpdatedRows), quarantined: left?.count ?? 0 }
})
