import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { merchantQuery, settingsOf } from "../projection/builds.ts"
import { changesAfter, paymentsAfter } from "../projection/changes.ts"
import type { Projection } from "../projection/Projection.ts"
import {
  applyChanges,
  moveCheckpoint,
  type TakenBuild,
  takeCheckpoints,
  whyRebuild,
} from "../projection/takeCheckpoints.ts"

/** What one transaction of a rebuild did. */
export interface Folded {
  readonly payments: number
  readonly events: number
}

/** Says where a build begins for a merchant: folding by payment, up to a fixed position. Where it has begun before, it goes on from there. */
export const beginFolding = Effect.fnUntraced(function* (
  merchant: string,
  projection: Projection,
  build: number,
  position: number,
) {
  const database = yield* Database
  const settings = yield* database.query("read merchant", kysely => merchantQuery(kysely, merchant).executeTakeFirst())
  if (settings === undefined) return
  yield* database.query("begin folding", kysely =>
    kysely
      .insertInto("checkpoint")
      .values({
        merchant,
        build,
        settings: settingsOf(projection, settings),
        folded_payment: "",
        folded_position: position,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
})

/**
 * Brings a build beside the living one up to the head of the log: by payment up to its fixed position, then by position. Each step is a transaction of
 * its own, so a killed rebuild goes on where it was, and two that run at once share the work.
 */
export const foldAside = Effect.fnUntraced(function* (
  merchant: string,
  projection: Projection,
  build: number,
  upTo: number,
  onStep: (folded: Folded) => Effect.Effect<void>,
) {
  const database = yield* Database
  while (true) {
    const folded = yield* database.transaction(foldStep(merchant, projection, build, upTo))
    if (folded === undefined) return
    yield* onStep(folded)
  }
})

const foldStep = Effect.fnUntraced(function* (merchant: string, projection: Projection, build: number, upTo: number) {
  const [taken] = yield* takeCheckpoints(merchant, [build], "wait")
  if (taken === undefined) return undefined
  const reason = whyRebuild(projection, taken)
  if (reason !== undefined) return yield* reason
  return taken.foldedPayment === null || taken.foldedPosition === null
    ? yield* foldByPosition(projection, taken, upTo)
    : yield* foldByPayment(projection, taken, taken.foldedPayment, taken.foldedPosition)
})

const foldByPayment = Effect.fnUntraced(function* (
  projection: Projection,
  taken: TakenBuild,
  after: string,
  position: number,
) {
  const transaction = yield* Transaction
  const page = yield* paymentsAfter(transaction.query, taken.merchant.merchant, after, position)
  yield* applyChanges(projection, taken, page.changes)
  yield* moveCheckpoint(taken, page.upTo === undefined ? { position } : { folded_payment: page.upTo })
  return { payments: page.changes.length, events: page.events } satisfies Folded
})

/** Nothing to fold: `undefined`. The payments of this batch were counted before, or are new; either way a handful. */
export const foldByPosition = Effect.fnUntraced(function* (projection: Projection, taken: TakenBuild, upTo: number) {
  if (taken.position >= upTo) return undefined
  const transaction = yield* Transaction
  const batch = yield* changesAfter(transaction.query, taken.merchant.merchant, taken.position, upTo)
  if (batch.events === 0) return undefined
  yield* applyChanges(projection, taken, batch.changes)
  yield* moveCheckpoint(taken, { position: batch.position })
  const isNew = batch.changes.filter(change => change.version === change.events.length)
  return { payments: isNew.length, events: batch.events } satisfies Folded
})

/** Brings a build whose checkpoint the running transaction holds up to a position, in that transaction. */
export const foldUpTo = Effect.fnUntraced(function* (projection: Projection, taken: TakenBuild, upTo: number) {
  const transaction = yield* Transaction
  let position = taken.position
  while (position < upTo) {
    const batch = yield* changesAfter(transaction.query, taken.merchant.merchant, position, upTo)
    if (batch.events === 0) break
    yield* applyChanges(projection, taken, batch.changes)
    position = batch.position
  }
  if (position > taken.position) yield* moveCheckpoint(taken, { position })
  return position
})
