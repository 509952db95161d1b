import { Clock, Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import type { Transition } from "./Reaction.ts"
import { transitionFromTask } from "./react.ts"

/** A transition that a reaction failed for as often as it may. */
export interface ParkedReaction {
  readonly reaction: string
  readonly transition: Transition
  readonly attempts: number
  readonly lastError: string | null
}

/** Reactions read at a time. */
const PAGE = 1_000

/** The oldest parked reactions of a merchant. What comes after one for its payment waits behind it. */
export const listParked = Effect.fn("listParked")(function* (merchant: string) {
  const database = yield* Database
  const rows = yield* database.query("list parked reactions", kysely =>
    kysely
      .selectFrom("reaction_task")
      .selectAll()
      .where("merchant", "=", merchant)
      .where("parked", "=", true)
      .orderBy("position")
      .limit(PAGE)
      .execute(),
  )
  return rows.map(
    (row): ParkedReaction => ({
      reaction: row.reaction,
      transition: transitionFromTask(row),
      attempts: row.attempts,
      lastError: row.last_error,
    }),
  )
})

/** Lets parked reactions be tried again, with all their attempts before them: those of a payment, or all. Says how many. */
export const retryParked = Effect.fn("retryParked")(function* (merchant: string, payment?: string) {
  const database = yield* Database
  const due_at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const { numUpdatedRows } = yield* database.query("retry parked reactions", kysely =>
    kysely
      .updateTable("reaction_task")
      .set({ parked: false, attempts: 0, due_at })
      .where("merchant", "=", merchant)
      .where("parked", "=", true)
      .$if(payment !== undefined, query => query.where("payment_id", "=", payment ?? ""))
      .executeTakeFirstOrThrow(),
  )
  return Number(numUpdatedRows)
})
