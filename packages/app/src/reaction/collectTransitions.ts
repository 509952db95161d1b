import { Clock, Effect } from "effect"
import { sql } from "kysely"
import { paymentStreams } from "../log/paymentStreams.ts"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { ProjectorLimits } from "../projection/ProjectorLimits.ts"
import type { Reaction, Transition } from "./Reaction.ts"
import { transitionsOf } from "./transitions.ts"

/** Writes down what each reaction is to be run for, from where it was up to the head of the log, or as far as another process has not done so. */
export const collectTransitions = Effect.fnUntraced(function* (merchant: string, reaction: Reaction) {
  const database = yield* Database
  yield* beginReaction(merchant, reaction.name)
  while (yield* database.transaction(collectBatch(merchant, reaction)));
})

/** A reaction that is new begins at the head of the log as it is now: what happened before is no news to it. */
export const beginReaction = Effect.fn("beginReaction")(function* (merchant: string, reaction: string) {
  const database = yield* Database
  yield* database.query("begin reaction", kysely =>
    kysely
      .insertInto("reaction_checkpoint")
      .columns(["merchant", "reaction", "position"])
      .expression(
        kysely
          .selectFrom("log_head")
          .select(["merchant", sql<string>`${reaction}::text`.as("reaction"), "head"])
          .where("merchant", "=", merchant),
      )
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
})

/** One batch of the log in one transaction: tasks and checkpoint move together. Says whether there may be more. */
const collectBatch = Effect.fnUntraced(function* (merchant: string, reaction: Reaction) {
  const transaction = yield* Transaction
  const limits = yield* ProjectorLimits
  const checkpoint = yield* transaction.query("take checkpoint", database =>
    database
      .selectFrom("reaction_checkpoint")
      .select("position")
      .where("merchant", "=", merchant)
      .where("reaction", "=", reaction.name)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst(),
  )
  if (checkpoint === undefined) return false
  const rows = yield* transaction.query("read log", database =>
    database
      .selectFrom("event")
      .select(["position", "payment_id"])
      .where("merchant", "=", merchant)
      .where("position", ">", checkpoint.position)
      .orderBy("position")
      .limit(limits.events)
      .execute(),
  )
  const upTo = rows.at(-1)?.position
  if (upTo === undefined) return false
  const payments = [...new Set(rows.map(row => row.payment_id))]
  // To the end: a decision that the batch cuts in two belongs to the batch of its last event.
  const streams = yield* paymentStreams(transaction.query, merchant, payments, Number.MAX_SAFE_INTEGER)
  const wanted = [...streams]
    .flatMap(([payment, stream]) => transitionsOf(merchant, payment, stream, checkpoint.position, upTo))
    .filter(reaction.wants)
  yield* writeTasks(reaction.name, wanted)
  yield* transaction.query("move checkpoint", database =>
    database
      .updateTable("reaction_checkpoint")
      .set({ position: upTo })
      .where("merchant", "=", merchant)
      .where("reaction", "=", reaction.name)
      .execute(),
  )
  return true
})

const writeTasks = Effect.fnUntraced(function* (reaction: string, transitions: ReadonlyArray<Transition>) {
  if (transitions.length === 0) return
  const transaction = yield* Transaction
  const due_at = new Date(yield* Clock.currentTimeMillis).toISOString()
  yield* transaction.query("write tasks", database =>
    database
      .insertInto("reaction_task")
      .values(
        transitions.map(transition => ({
          merchant: transition.merchant,
          reaction,
          payment_id: transition.payment,
          position: transition.position,
          delivery_id: transition.deliveryId,
          from_status: transition.from,
          to_status: transition.to,
          recorded_at: transition.recordedAt,
          due_at,
        })),
      )
      .execute(),
  )
})
