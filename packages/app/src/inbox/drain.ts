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
import { type PaymentStream, paymentStreams } from "../log/paymentStreams.ts"
import type { RunStatement } from "../log/writeAppends.ts"
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

/** What was read before its transaction: a batch, translated with the settings of that moment, and streams of its payments. */
interface ReadAhead {
  readonly settings: TranslateSettings
  readonly batch: ReadonlyArray<TranslatedDelivery>
  /** Of its payments that the batch before does not touch, empty where a payment has no events. Written to since by somebody else, they conflict. */
  readonly streams: ReadonlyMap<string, PaymentStream>
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
  if (batch.length === 0) return undefined
  const touched = new Set(paymentsOf(before))
  const streams = yield* streamsOf(
    database.query,
    merchant,
    paymentsOf(batch).filter(payment => !touched.has(payment)),
  ).pipe(
    // Read once more in the transaction, what cannot be read fails where a delivery can be set aside for it.
    Effect.catchTag(["UnreadableEvent", "NewerEvent"], () => Effect.succeed(NO_STREAMS)),
  )
  return { settings, batch, streams } satisfies ReadAhead
})

const NO_STREAMS: ReadonlyMap<string, PaymentStream> = new Map()

const streamsOf = Effect.fnUntraced(function* (run: RunStatement, merchant: string, payments: ReadonlyArray<string>) {
  const found = yield* paymentStreams(run, merchant, payments, Number.MAX_SAFE_INTEGER)
  return new Map(payments.map((payment): [string, PaymentStream] => [payment, found.get(payment) ?? []]))
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
  const attempt = (known: ReadAhead | undefined) => database.transaction(recordBatch(merchant, size, known, decided))
  // Somebody outside the inbox wrote first: all is undone, and read and decided again.
  const again = Effect.retry(attempt(ahead && { ...ahead, streams: NO_STREAMS }), {
    times: MAXIMUM_CONFLICTS,
    while: failure => failure._tag === "NothingWritten",
  })
  return yield* attempt(ahead).pipe(
    Effect.catchTag("NothingWritten", () => again),
    Effect.catchTag("NothingWritten", () => Effect.fail(CONTENDED)),
  )
})

const CONTENDED = new DatabaseFailure({
  operation: "append",
  sqlState: null,
  constraint: null,
  reason: `other writers wrote the same payments in each of ${MAXIMUM_CONFLICTS + 2} attempts`,
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
    const both = [record(merchant, batch, ahead?.streams ?? NO_STREAMS, decided), markDeliveries(merchant, batch)]
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

/** Reads what was not read ahead, decides and appends. */
const record = Effect.fnUntraced(function* (
  merchant: string,
  deliveries: ReadonlyArray<TranslatedDelivery>,
  known: ReadonlyMap<string, PaymentStream>,
  decided: Decided,
) {
  const transaction = yield* Transaction
  const unread = paymentsOf(deliveries).filter(payment => !known.has(payment))
  const streams = new Map([...known, ...(yield* streamsOf(transaction.query, merchant, unread))])
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
