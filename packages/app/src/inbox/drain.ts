import "../compileSchemas.ts"
import { encodeEvent, type NewerEvent, type PaymentEvent, type UnreadableEvent } from "@payfold/domain"
import { Effect } from "effect"
import type { AppendError } from "../log/AppendError.ts"
import { appendInTransaction } from "../log/appendInTransaction.ts"
import type { NewEvent } from "../log/EncodedEvent.ts"
import { paymentStreams } from "../log/paymentStreams.ts"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { claimDeliveries, waitingDeliveries } from "./claimDeliveries.ts"
import { decideDeliveries, paymentsOf, type TranslatedDelivery } from "./decideDeliveries.ts"
import { markDeliveries, quarantine } from "./markDeliveries.ts"

/** Deliveries drained in one transaction; a conflict decides all of it again. */
const BATCH_DELIVERIES = 250
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
  while (true) {
    const drained = yield* drainBatch(merchant, size).pipe(Effect.catch(failure => narrow(merchant, size, failure)))
    if (drained._tag === "Busy") return drained
    if (drained._tag === "TooMany") {
      size = Math.ceil(size / 4)
      continue
    }
    deliveries += drained.deliveries
    // Whoever kept a delivery meanwhile was told that we are busy. One statement looks for it; an empty batch would cost a transaction.
    if (drained.deliveries < size && !(yield* anyWaits(merchant)))
      return { _tag: "Drained", deliveries } satisfies Drained
    size = BATCH_DELIVERIES
  }
})

const anyWaits = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const rows = yield* database.query("look for deliveries", kysely =>
    waitingDeliveries(kysely, merchant).select("delivery_id").limit(1).execute(),
  )
  return rows.length > 0
})

type DrainFailure = AppendError | UnreadableEvent | NewerEvent

/** After a failure: a smaller batch, or the one delivery set aside; nothing of the kind where no delivery is to blame. */
function narrow(
  merchant: string,
  size: number,
  failure: DrainFailure,
): Effect.Effect<Drained | { readonly _tag: "TooMany" }, DrainFailure, Database> {
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

/** One batch in one transaction: claim, translate, read, decide, mark, append; only the commit follows the append. */
const drainBatch = Effect.fnUntraced(function* (merchant: string, size: number) {
  const database = yield* Database
  return yield* database.transaction(
    Effect.gen(function* () {
      const deliveries = yield* claimDeliveries(merchant, size)
      if (deliveries === undefined) return { _tag: "Busy" } satisfies Drained
      if (deliveries.length === 0) return { _tag: "Drained", deliveries: 0 } satisfies Drained
      yield* markDeliveries(merchant, deliveries)
      yield* record(merchant, deliveries)
      return { _tag: "Drained", deliveries: deliveries.length } satisfies Drained
    }),
  )
})

/** Reads, decides and appends; a conflict undoes only the append, and all is read and decided again. */
const record = Effect.fnUntraced(function* (merchant: string, deliveries: ReadonlyArray<TranslatedDelivery>) {
  const transaction = yield* Transaction
  const once = Effect.gen(function* () {
    const streams = yield* paymentStreams(transaction.query, merchant, paymentsOf(deliveries), Number.MAX_SAFE_INTEGER)
    const decided = decideDeliveries(deliveries, streams)
    const payments = decided.map(({ payment, expected, news }) => ({
      payment,
      expected,
      events: news.map(({ deliveryId, event }) => toNewEvent(event, deliveryId)),
    }))
    return yield* appendInTransaction(merchant, { payments })
  })
  yield* Effect.retry(once, {
    times: MAXIMUM_CONFLICTS,
    while: failure => failure._tag === "VersionConflict",
  })
})

const quarantineFirst = Effect.fnUntraced(function* (merchant: string, reason: string) {
  const database = yield* Database
  return yield* database.transaction(
    Effect.gen(function* () {
      const [first] = (yield* claimDeliveries(merchant, 1)) ?? []
      if (first !== undefined) yield* quarantine(merchant, first.deliveryId, reason)
      return { _tag: "Drained", deliveries: first === undefined ? 0 : 1 } satisfies Drained
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
