import "../compileSchemas.ts"
import {
  encodeEvent,
  type NewerEvent,
  type PaymentEvent,
  type TranslateSettings,
  type UnreadableEvent,
} from "@payfold/domain"
import { Deferred, Effect } from "effect"
import type { AppendError } from "../log/AppendError.ts"
import { appendLast } from "../log/appendLast.ts"
import type { NewEvent } from "../log/EncodedEvent.ts"
import { paymentStreams } from "../log/paymentStreams.ts"
import { Database } from "../postgres/Database.ts"
import { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { decideDeliveries, paymentsOf, type TranslatedDelivery } from "./decideDeliveries.ts"
import { markDeliveries, quarantine } from "./markDeliveries.ts"
import { translateSettings } from "./translateSettings.ts"
import { takeDrainer, takeWaiting, translateWaiting, waitingDeliveries } from "./waitingDeliveries.ts"

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
  let size = BATCH_DELIVERIES
  let ahead: ReadAhead | undefined
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
    if (drained._tag === "Busy") return drained
    if (drained._tag === "TooMany") {
      size = Math.ceil(size / 4)
      continue
    }
    deliveries += drained.deliveries
    // Whoever kept a delivery meanwhile was told that we are busy. One statement looks for it; an empty batch would cost a transaction.
    if (drained.deliveries < size && !(yield* anyWaits(merchant))) {
      return { _tag: "Drained", deliveries } satisfies Drained
    }
    ahead = behind
    size = BATCH_DELIVERIES
  }
})

/** A full batch that was read and translated before its transaction, with the settings of that moment. */
interface ReadAhead {
  readonly settings: TranslateSettings
  readonly batch: ReadonlyArray<TranslatedDelivery>
}

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
  const settings = yield* translateSettings(database.query, merchant)
  const batch = yield* translateWaiting(database.query, merchant, settings, last.deliveryId, BATCH_DELIVERIES)
  return batch.length === 0 ? undefined : ({ settings, batch } satisfies ReadAhead)
})

const anyWaits = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const rows = yield* database.query("look for deliveries", kysely =>
    waitingDeliveries(kysely, merchant).select("delivery_id").limit(1).execute(),
  )
  return rows.length > 0
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
  ahead: ReadAhead | undefined,
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
  ahead: ReadAhead | undefined,
  decided: Decided,
) {
  const batch = yield* takeBatch(merchant, size, ahead)
  if (batch === undefined) return { _tag: "Busy" } satisfies DrainedBatch
  if (batch.length > 0) {
    // The database marks while we decide; the append comes behind both.
    const both = [record(merchant, batch, decided), markDeliveries(merchant, batch)]
    yield* Effect.all(both, { concurrency: "unbounded", discard: true })
  }
  return { _tag: "Drained", deliveries: batch.length } satisfies DrainedBatch
})

/** What was read ahead, unless the settings have changed since, or what waits now; `undefined` while another process drains. */
const takeBatch = Effect.fnUntraced(function* (merchant: string, size: number, ahead: ReadAhead | undefined) {
  if (ahead === undefined) return yield* takeWaiting(merchant, size)
  const settings = yield* takeDrainer(merchant)
  if (settings === undefined || JSON.stringify(settings) === JSON.stringify(ahead.settings)) {
    return settings && ahead.batch
  }
  const transaction = yield* Transaction
  return yield* translateWaiting(transaction.query, merchant, settings, 0, size)
})

/** Reads, decides and appends. */
const record = Effect.fnUntraced(function* (
  merchant: string,
  deliveries: ReadonlyArray<TranslatedDelivery>,
  decided: Decided,
) {
  const transaction = yield* Transaction
  const streams = yield* paymentStreams(transaction.query, merchant, paymentsOf(deliveries), Number.MAX_SAFE_INTEGER)
  const payments = decideDeliveries(deliveries, streams).map(({ payment, expected, news }) => ({
    payment,
    expected,
    events: news.map(({ deliveryId, event }) => toNewEvent(event, deliveryId)),
  }))
  yield* Deferred.succeed(decided, deliveries)
  yield* appendLast(merchant, { payments })
})

const quarantineFirst = Effect.fnUntraced(function* (merchant: string, reason: string) {
  const database = yield* Database
  return yield* database.transaction(
    Effect.gen(function* () {
      const transaction = yield* Transaction
      if ((yield* takeDrainer(merchant)) === undefined) return { _tag: "Busy" } satisfies DrainedBatch
      const first = yield* transaction.query("read first delivery", kysely =>
        waitingDeliveries(kysely, merchant).select("delivery_id").orderBy("delivery_id").limit(1).executeTakeFirst(),
      )
      if (first !== undefined) yield* quarantine(merchant, first.delivery_id, reason)
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
