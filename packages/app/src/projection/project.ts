import { fold } from "@payfold/domain"
import { Effect, Schema } from "effect"
import { eventsOf, type PaymentStream, paymentStreams } from "../log/paymentStreams.ts"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { type Change, DERIVATION_VERSION, type Projection } from "./Projection.ts"

/** Events read for one transaction of a projector. */
const BATCH_EVENTS = 500

/** The view was made by another version of the code that derives it: it must be rebuilt, not carried on. */
export class RebuildNeeded extends Schema.TaggedError<RebuildNeeded>()("RebuildNeeded", {
  projection: Schema.String,
  found: Schema.Number,
  expected: Schema.Number,
}) {
  override get message(): string {
    return `The view ${this.projection} was derived by version ${this.found}, this Payfold derives version ${this.expected}. Run: payfold rebuild ${this.projection}`
  }
}

/** Where a batch left the view. `busy`: another process is projecting it at this moment. */
export type Progress =
  | { readonly _tag: "Busy" }
  | { readonly _tag: "Advanced"; readonly position: number; readonly events: number }
  | { readonly _tag: "CaughtUp"; readonly position: number }

/** Applies what is new until the view stands at the head of the log, or another process has it in hand. */
export const catchUp = Effect.fn("catchUp")(function* (merchant: string, projection: Projection) {
  while (true) {
    const progress = yield* projectBatch(merchant, projection)
    if (progress._tag !== "Advanced") return progress
  }
})

/**
 * Applies the next batch of events in one transaction: the checkpoint row, locked, is ownership, fencing and progress in one. Rows and
 * checkpoint move together or not at all.
 */
export const projectBatch = Effect.fn("projectBatch")(function* (merchant: string, projection: Projection) {
  const database = yield* Database
  yield* ensureCheckpoint(merchant, projection)
  return yield* database.transaction(advance(merchant, projection))
})

const advance = Effect.fnUntraced(function* (merchant: string, projection: Projection) {
  const transaction = yield* Transaction
  const checkpoint = yield* transaction.query("take checkpoint", database =>
    database
      .selectFrom("checkpoint")
      .select(["position", "derivation_version"])
      .where("merchant", "=", merchant)
      .where("projection", "=", projection.name)
      .where("projection_version", "=", projection.version)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst(),
  )
  if (checkpoint === undefined) return { _tag: "Busy" } satisfies Progress
  if (checkpoint.derivation_version !== DERIVATION_VERSION) {
    const { name } = projection
    return yield* new RebuildNeeded({
      projection: name,
      found: checkpoint.derivation_version,
      expected: DERIVATION_VERSION,
    })
  }
  const { changes, events, position } = yield* changesAfter(merchant, checkpoint.position)
  if (events === 0) return { _tag: "CaughtUp", position } satisfies Progress
  yield* projection.apply(merchant, changes, projection.name)
  yield* transaction.query("move checkpoint", database =>
    database
      .updateTable("checkpoint")
      .set({ position })
      .where("merchant", "=", merchant)
      .where("projection", "=", projection.name)
      .where("projection_version", "=", projection.version)
      .execute(),
  )
  return { _tag: "Advanced", position, events } satisfies Progress
})

/** The next batch of the log after a position, as one change a payment, and the position it reaches. */
export const changesAfter = Effect.fnUntraced(function* (merchant: string, after: number, upTo?: number) {
  const transaction = yield* Transaction
  const rows = yield* transaction.query("read log", database =>
    database
      .selectFrom("event")
      .select(["position", "payment_id"])
      .where("merchant", "=", merchant)
      .where("position", ">", after)
      .$if(upTo !== undefined, query => query.where("position", "<=", upTo ?? 0))
      .orderBy("position")
      .limit(BATCH_EVENTS)
      .execute(),
  )
  const position = rows.at(-1)?.position ?? after
  const streams = yield* paymentStreams(
    transaction.query,
    merchant,
    [...new Set(rows.map(row => row.payment_id))],
    position,
  )
  const changes = [...streams].map(([payment, stream]) => toChange(payment, stream, after))
  return { changes, events: rows.length, position }
})

/** What a stream means since a position. */
export function toChange(payment: string, stream: PaymentStream, after: number): Change {
  const old = stream.filter(recorded => recorded.position <= after)
  return {
    payment,
    before: fold(eventsOf(old)),
    after: fold(eventsOf(stream)),
    events: eventsOf(stream.slice(old.length)),
    version: stream.length,
    position: stream.at(-1)?.position ?? after,
  }
}

const ensureCheckpoint = Effect.fnUntraced(function* (merchant: string, projection: Projection) {
  const database = yield* Database
  yield* database.query("create checkpoint", kysely =>
    kysely
      .insertInto("checkpoint")
      .values({
        merchant,
        projection: projection.name,
        projection_version: projection.version,
        derivation_version: DERIVATION_VERSION,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
})
