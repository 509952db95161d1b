import { Effect, Option, Stream } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { merchantQuery, settingsOf } from "../projection/builds.ts"
import { changesAfter, type PaymentPage, paymentsAfter } from "../projection/changes.ts"
import type { Projection } from "../projection/Projection.ts"
import {
  applyChanges,
  applyPieces,
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
    const begun = yield* foldingOf(merchant, build)
    if (begun === undefined) break
    yield* pagesFrom(merchant, begun.after, begun.position).pipe(
      Stream.mapEffect(page => database.transaction(foldPage(merchant, projection, build, page))),
      // Another process was here first: from where it is now.
      Stream.takeWhile(folded => folded !== undefined),
      Stream.runForEach(onStep),
    )
  }
  while (true) {
    const folded = yield* database.transaction(foldNews(merchant, projection, build, upTo))
    if (folded === undefined) return
    yield* onStep(folded)
  }
})

/** How far a build is with folding by payment; `undefined` once it has done that. */
const foldingOf = Effect.fnUntraced(function* (merchant: string, build: number) {
  const database = yield* Database
  const row = yield* database.query("read checkpoint", kysely =>
    kysely
      .selectFrom("checkpoint")
      .select(["folded_payment", "folded_position"])
      .where("merchant", "=", merchant)
      .where("build", "=", build)
      .executeTakeFirst(),
  )
  const { folded_payment: after, folded_position: position } = row ?? { folded_payment: null, folded_position: null }
  return after === null || position === null ? undefined : { after, position }
})

/**
 * The pages of the log by payment, one read ahead while the one before is folded and written: what stands below a fixed position never changes, so it may be
 * read outside the transaction that writes it.
 */
const pagesFrom = (merchant: string, from: string, position: number) =>
  Stream.unwrap(
    Effect.map(Database, database => {
      const pages = Stream.paginate(from, after =>
        Effect.map(
          paymentsAfter(database.query, merchant, after, position),
          page => [[page], Option.fromUndefinedOr(page.upTo)] as const,
        ),
      )
      // PGlite has one connection: nothing could be read while it writes.
      return database.engine === "pglite" ? pages : Stream.buffer(pages, { capacity: 1 })
    }),
  )

/** `undefined` where the build does not stand before this page, or no longer. */
const foldPage = Effect.fnUntraced(function* (
  merchant: string,
  projection: Projection,
  build: number,
  page: PaymentPage,
) {
  yield* waitForNoDisk
  const taken = yield* takeToFold(merchant, projection, build)
  if (taken?.foldedPayment !== page.after || taken.foldedPosition === null) return undefined
  yield* applyPieces(projection, taken, page.pieces, "new")
  yield* moveCheckpoint(
    taken,
    page.upTo === undefined ? { position: taken.foldedPosition } : { folded_payment: page.upTo },
  )
  return { payments: page.payments, events: page.events } satisfies Folded
})

/**
 * A crash of the server may take the last pages along, rows and checkpoint together: the rebuild goes on from there. What follows, and the switch, waits for the disk
 * and with it for all that was written before.
 */
const waitForNoDisk = Effect.gen(function* () {
  const transaction = yield* Transaction
  yield* transaction.query("wait for no disk", database => sql`set local synchronous_commit = off`.execute(database))
})

const foldNews = Effect.fnUntraced(function* (merchant: string, projection: Projection, build: number, upTo: number) {
  const taken = yield* takeToFold(merchant, projection, build)
  return taken === undefined ? undefined : yield* foldByPosition(projection, taken, upTo)
})

const takeToFold = Effect.fnUntraced(function* (merchant: string, projection: Projection, build: number) {
  const [taken] = yield* takeCheckpoints(merchant, [build])
  const reason = taken && whyRebuild(projection, taken)
  return reason === undefined ? taken : yield* reason
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
