import "../compileSchemas.ts"
import { encodeEvent, type NewerEvent, type PaymentEvent, type UnreadableEvent } from "@payfold/domain"
import { Deferred, Effect } from "effect"
import type { AppendError } from "../log/AppendError.ts"
import { appendLast, appendOnce } from "../log/appendLast.ts"
import type { NewEvent } from "../log/EncodedEvent.ts"
import { paymentStreams } from "../log/paymentStreams.ts"
import type { RunStatement } from "../log/writeAppends.ts"
import { Database } from "../postgres/Database.ts"
import { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { decideDeliveries, paymentsOf, type TranslatedDelivery } from "./decideDeliveries.ts"
import { markAtOnce, markDeliveries, marksOf, quarantine } from "./markDeliveries.ts"
import { hasDrainerOfMany, readWaiting, takeDrainer, type Waiting } from "./waitingDeliveries.ts"

/** Deliveries drained in one transaction; a conflict decides all of it again. */
const BATCH_DELIVERIES = 500
/** Conflicts with writers from outside the inbox before a batch gives up; it is tried again by the next drain. */
const MAXIMUM_CONFLICTS = 10

/** `Busy`: another process is draining this merchant's inbox. */
export type Drained = { readonly _tag: "Busy" } | { readonly _tag: "Drained"; readonly deliveries: number }

/**
 * Turns what waits in the inbox into events until nothing waits, or another process does the same. A delivery that cannot be recorded is quarantined
 * alone: a batch that fails is tried in ever smaller ones, down to the one that is to blame.
 */
export const drain = Effect.fn("drain")(function* (merchant: string) {
  let deliveries = 0
  while (true) {
    const few = yield* drainFew(merchant)
    // Nobody is turned away by who drains few, so whoever kept a delivery meanwhile records it.
    if (few._tag === "Drained") return { ...few, deliveries: deliveries + few.deliveries }
    const many = yield* drainMany(merchant, few.read)
    if (many._tag === "Drained") deliveries += many.deliveries
    else if (yield* hasDrainerOfMany(merchant)) return many
    else yield* Effect.sleep(ONE_STATEMENT)
  }
})

/** Fewer deliveries than this are recorded without a transaction. */
export const MANY_DELIVERIES = 128
/** About as long as who drains one has the drainer's row; of more it is asked again. */
const ONE_STATEMENT = "2 millis"

/** `read`: the deliveries that turned out to be many. */
type DrainedFew = (Drained & { readonly _tag: "Drained" }) | { readonly _tag: "Left"; readonly read?: Waiting }

/**
 * Few deliveries in three round trips, of which the last is the transaction: it takes the drainer's row, appends and marks, or does nothing. `Left` to
 * `drainMany`: more wait, somebody else came first, or the database refuses a delivery.
 */
const drainFew = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const waiting = yield* readWaiting(database.query, merchant, { after: 0, size: MANY_DELIVERIES }, "look")
  if (waiting === undefined) return { _tag: "Left" } satisfies DrainedFew
  const { length } = waiting.deliveries
  if (length === MANY_DELIVERIES) return { _tag: "Left", read: waiting } satisfies DrainedFew
  const recorded = length === 0 ? Effect.void : recordFew(merchant, waiting.deliveries)
  return yield* recorded.pipe(
    Effect.as<DrainedFew>({ _tag: "Drained", deliveries: length }),
    Effect.catchTag("NothingWritten", () => Effect.succeed<DrainedFew>({ _tag: "Left" })),
    Effect.catchIf(mayBeTheDeliverys, () => Effect.succeed<DrainedFew>({ _tag: "Left" })),
  )
})

const recordFew = Effect.fnUntraced(function* (merchant: string, deliveries: ReadonlyArray<TranslatedDelivery>) {
  const database = yield* Database
  const payments = yield* decideOnStreams(database.query, merchant, deliveries)
  if (payments.length === 0) return yield* markAtOnce(database.query, merchant, deliveries)
  yield* appendOnce(database.query, merchant, { payments }, marksOf(deliveries))
  database.wakeUps.wake(merchant)
})

/**
 * Batch by batch, each in a transaction, until one is not full or somebody else has the drainer's row; the first is what was read before, if anything
 * was. Whoever was turned away meanwhile relies on another look at what waits.
 */
const drainMany = Effect.fnUntraced(function* (
  merchant: string,
  read: Waiting | undefined,
): Effect.fn.Return<Drained, DrainFailure, Database> {
  let deliveries = 0
  let size = read === undefined ? BATCH_DELIVERIES : MANY_DELIVERIES
  let ahead = read
  while (true) {
    const decided = yield* Deferred.make<ReadonlyArray<TranslatedDelivery>>()
    const batch = drainBatch(merchant, size, ahead, decided).pipe(
      Effect.catch(failure => narrow(merchant, size, failure)),
      Effect.ensuring(Deferred.succeed(decided, [])),
    )
    // The next batch is translated while the database appends this one.
    const next = Effect.flatMap(Deferred.await(decided), deliveries => readAhead(merchant, deliveries))
    const [drained, behind] = yield* Effect.all([batch, next], { concurrency: 2 })
    ahead = undefined
    if (drained._tag === "Busy") return deliveries === 0 ? drained : { _tag: "Drained", deliveries }
    if (drained._tag === "TooMany") {
      size = Math.ceil(size / 4)
      continue
    }
    deliveries += drained.deliveries
    if (drained.deliveries < size) return { _tag: "Drained", deliveries } satisfies Drained
    ahead = behind
    size = BATCH_DELIVERIES
  }
})

/**
 * What waits behind a full batch, read and translated while that one is recorded; `undefined` where there is no such batch, or nothing behind it. Should
 * another drainer record it meanwhile, it is decided again and nothing of it is news.
 * (With it and the marking beside the deciding 10,000 deliveries a second, 6,000 without; two cores, measured.)
 */
const readAhead = Effect.fnUntraced(function* (merchant: string, before: ReadonlyArray<TranslatedDelivery>) {
  const database = yield* Database
  const last = before.at(-1)
  // PGlite has one connection: nothing can be read while it records.
  if (last === undefined || before.length < BATCH_DELIVERIES || database.engine === "pglite") return undefined
  const range = { after: last.deliveryId, size: BATCH_DELIVERIES }
  const behind = yield* readWaiting(database.query, merchant, range, "look")
  return behind?.deliveries.length === 0 ? undefined : behind
})

/** What became of one batch. */
type DrainedBatch = Drained | { readonly _tag: "TooMany" }

/** Told the batch once nothing is left to do for it but to append. */
type Decided = Deferred.Deferred<ReadonlyArray<TranslatedDelivery>>

type DrainFailure = AppendError | UnreadableEvent | NewerEvent

/** After a failure: a smaller batch, or the one delivery set aside; nothing of the kind where no delivery is to blame. */
function narrow(
  merchant: string,
  size: number,
  failure: DrainFailure,
): Effect.Effect<DrainedBatch, DrainFailure, Database> {
  if (!mayBeTheDeliverys(failure)) return Effect.fail(failure)
  return size > 1 ? Effect.succeed({ _tag: "TooMany" }) : quarantineFirst(merchant, failure.message)
}

/**
 * Whether one delivery can be to blame. A database that is away, read-only or not ours to write, a merchant that does not exist, and events that a
 * newer Payfold wrote concern every delivery alike: to quarantine for those would empty the inbox into the quarantine.
 *
 * Source: PostgreSQL 18 manual, appendix A: class 22 data exception, 23 constraint violation, 54 program limit exceeded.
 */
function mayBeTheDeliverys(failure: DrainFailure): boolean {
  if (failure._tag === "DatabaseFailure") return /^(22|23|54)/.test(failure.sqlState ?? "")
  return failure._tag !== "NewerEvent" && failure._tag !== "UnknownMerchant"
}

/** One batch in one transaction: take the drainer's row, translate, read, decide, mark, append; only the commit follows the append. */
const drainBatch = Effect.fnUntraced(function* (
  merchant: string,
  size: number,
  ahead: Waiting | undefined,
  decided: Decided,
) {
  const database = yield* Database
  const batch = database.transaction(recordBatch(merchant, size, ahead, decided))
  return yield* batch.pipe(
    // Somebody outside the inbox wrote first: all is undone, and read and decided again.
    Effect.retry({ times: MAXIMUM_CONFLICTS, while: failure => failure._tag === "NothingWritten" }),
    Effect.catchTag("NothingWritten", () => Effect.fail(CONTENDED)),
  )
})

const CONTENDED = new DatabaseFailure({
  operation: "append",
  sqlState: null,
  constraint: null,
  reason: `other writers wrote the same payments in each of ${MAXIMUM_CONFLICTS + 1} attempts`,
  retryable: true,
})

const recordBatch = Effect.fnUntraced(function* (
  merchant: string,
  size: number,
  ahead: Waiting | undefined,
  decided: Decided,
) {
  const transaction = yield* Transaction
  const batch = yield* takeBatch(merchant, size, ahead)
  if (batch === undefined) return { _tag: "Busy" } satisfies DrainedBatch
  if (batch.length > 0) {
    // The database marks while we decide; the append comes behind both.
    const both = [record(merchant, batch, decided), markDeliveries(transaction.query, merchant, batch)]
    yield* Effect.all(both, { concurrency: "unbounded", discard: true })
  }
  return { _tag: "Drained", deliveries: batch.length } satisfies DrainedBatch
})

/** What was read ahead, unless the settings have changed since, or what waits now; `undefined` while another process drains. */
const takeBatch = Effect.fnUntraced(function* (merchant: string, size: number, ahead: Waiting | undefined) {
  const transaction = yield* Transaction
  const read = (lock: "take" | "look") =>
    Effect.map(readWaiting(transaction.query, merchant, { after: 0, size }, lock), waiting => waiting?.deliveries)
  if (ahead === undefined) return yield* read("take")
  const settings = yield* takeDrainer(merchant)
  if (settings === undefined) return undefined
  return JSON.stringify(settings) === JSON.stringify(ahead.settings) ? ahead.deliveries : yield* read("look")
})

/** Reads, decides and appends. */
const record = Effect.fnUntraced(function* (
  merchant: string,
  deliveries: ReadonlyArray<TranslatedDelivery>,
  decided: Decided,
) {
  const transaction = yield* Transaction
  const payments = yield* decideOnStreams(transaction.query, merchant, deliveries)
  yield* Deferred.succeed(decided, deliveries)
  yield* appendLast(merchant, { payments })
})

/** What is to be appended to each payment for which something is news. */
const decideOnStreams = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  deliveries: ReadonlyArray<TranslatedDelivery>,
) {
  const streams = yield* paymentStreams(run, merchant, paymentsOf(deliveries), Number.MAX_SAFE_INTEGER)
  return decideDeliveries(deliveries, streams).map(({ payment, expected, news }) => ({
    payment,
    expected,
    events: news.map(({ deliveryId, event }) => toNewEvent(event, deliveryId)),
  }))
})

const quarantineFirst = Effect.fnUntraced(function* (merchant: string, reason: string) {
  const database = yield* Database
  return yield* database.transaction(
    Effect.gen(function* () {
      const transaction = yield* Transaction
      const waiting = yield* readWaiting(transaction.query, merchant, { after: 0, size: 1 }, "take")
      if (waiting === undefined) return { _tag: "Busy" } satisfies DrainedBatch
      const [first] = waiting.deliveries
      if (first !== undefined) yield* quarantine(merchant, first.deliveryId, reason)
      return { _tag: "Drained", deliveries: first === undefined ? 0 : 1 } satisfies DrainedBatch
    }),
  )
})

/** An event as the log keeps it. */
export function toNewEvent(event: PaymentEvent, deliveryId: number | null): NewEvent {
  return {
    type: event._tag,
    schemaVersion: event.schemaVersion,
    adapter: event.adapter.name,
    adapterVersion: event.adapter.version,
    deliveryId,
    correlation: null,
    data: encodeEvent(event),
  }
}
