import { decodeEvent, EVENT_SCHEMA_VERSION, type PaymentEvent } from "@payfold/domain"
import { Effect } from "effect"
import { appendInTransaction } from "../log/appendInTransaction.ts"
import { RETRANSLATION } from "../log/paymentStreams.ts"
import { readPayment } from "../log/readPayment.ts"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import {
  compareTranslations,
  type ImpliedEvent,
  type Retranslation,
  type StandingEvent,
} from "./compareTranslations.ts"
import { toNewEvent } from "./drain.ts"
import { Providers, providerNamed } from "./Providers.ts"
import { translateKept } from "./translateKept.ts"

/** Payments compared between two looks at the list of them. */
const PAGE_PAYMENTS = 200

/** What today's adapters change in one payment, event by event. */
export interface RetranslatedPayment {
  readonly payment: string
  readonly withdrawn: ReadonlyArray<{ readonly version: number; readonly event: PaymentEvent }>
  readonly added: ReadonlyArray<ImpliedEvent>
}

/** How far it is: first every delivery is translated, then every payment compared. */
export interface RetranslateStep {
  readonly deliveries: number
  readonly payments: number
}

/**
 * Translates all kept deliveries again, after an adapter upgrade, and compares payment by payment: facts that are new are appended, facts that the
 * adapter no longer implies are withdrawn. `show` records nothing. Recording again what was recorded changes nothing, and going back to the older
 * adapter restores what it said. Facts of pruned deliveries, and those nobody's delivery taught, stay as they are.
 *
 * Payments that change are given to `onPayment` one by one, before they are recorded; the answer is how many did.
 */
export const retranslate = Effect.fn("retranslate")(function* (
  merchant: string,
  mode: "show" | "record",
  onPayment: (retranslated: RetranslatedPayment) => void = () => {},
  onStep: (done: RetranslateStep) => void = () => {},
) {
  const database = yield* Database
  let deliveries = 0
  const lastDelivery = yield* translateKept(merchant, mode === "record" ? "mark" : "leave", translated => {
    deliveries += translated
    onStep({ deliveries, payments: 0 })
  })
  let changed = 0
  let compared = 0
  let after = ""
  while (true) {
    const payments = yield* paymentsAfter(merchant, after)
    for (const payment of payments) {
      const one = retranslatePayment(merchant, payment, lastDelivery, mode, onPayment)
      if (yield* database.transaction(one)) changed += 1
      compared += 1
      onStep({ deliveries, payments: compared })
    }
    const last = payments.at(-1)
    if (last === undefined) return changed
    after = last
  }
})

/** Every payment that has a stream or is implied now, in order of id. */
const paymentsAfter = Effect.fnUntraced(function* (merchant: string, after: string) {
  const database = yield* Database
  const rows = yield* database.query("read payments", kysely =>
    kysely
      .selectFrom("event")
      .select("payment_id")
      .where("merchant", "=", merchant)
      .where("version", "=", 1)
      .where("payment_id", ">", after)
      .union(
        kysely
          .selectFrom("retranslation")
          .select("payment_id")
          .where("merchant", "=", merchant)
          .where("payment_id", ">", after),
      )
      .orderBy("payment_id")
      .limit(PAGE_PAYMENTS)
      .execute(),
  )
  return rows.map(row => row.payment_id)
})

/** Compares and records one payment in one transaction, while no drainer adds to it. Says whether anything changes. */
const retranslatePayment = Effect.fnUntraced(function* (
  merchant: string,
  payment: string,
  lastDelivery: number,
  mode: "show" | "record",
  onPayment: (retranslated: RetranslatedPayment) => void,
) {
  const provider = providerNamed(yield* Providers, payment.slice(0, payment.indexOf(":")))
  if (provider === undefined) return false
  const transaction = yield* Transaction
  yield* transaction.query("take drainer", database =>
    database.selectFrom("drainer").select("merchant").where("merchant", "=", merchant).forUpdate().execute(),
  )
  const standing = yield* standingEvents(merchant, payment, lastDelivery)
  const implied = yield* impliedEvents(merchant, payment)
  const retranslation = compareTranslations(standing, implied, provider.version)
  if (retranslation.withdrawn.length + retranslation.added.length === 0) return false
  onPayment({
    payment,
    added: retranslation.added,
    withdrawn: retranslation.withdrawn.flatMap(version => {
      const event = standing[version - 1]?.event
      return event === undefined ? [] : [{ version, event }]
    }),
  })
  if (mode === "record") {
    const events = recordsOf(retranslation, { name: provider.name, version: provider.version })
    yield* appendInTransaction(merchant, { payments: [{ payment, expected: standing.length, events }] })
  }
  return true
})

function recordsOf({ withdrawn, added }: Retranslation, adapter: PaymentEvent["adapter"]) {
  const [first, ...rest] = withdrawn
  const withdrawal: ReadonlyArray<PaymentEvent> =
    first === undefined
      ? []
      : [
          {
            _tag: "FactsWithdrawn",
            schemaVersion: EVENT_SCHEMA_VERSION,
            adapter,
            versions: [first, ...rest],
            reason: `version ${adapter.version} of the ${adapter.name} adapter does not imply them`,
            withdrawnBy: "retranslate",
          },
        ]
  return [
    ...withdrawal.map(event => toNewEvent(event, null)),
    ...added.map(({ event, deliveryId }) => toNewEvent(event, deliveryId)),
  ].map(event => ({ ...event, correlation: RETRANSLATION }))
}

/** A payment's stream, and which of its facts can be asked for again: those of kept deliveries that were translated just now. */
const standingEvents = Effect.fnUntraced(function* (merchant: string, payment: string, lastDelivery: number) {
  const database = yield* Database
  const stored = yield* readPayment(database, merchant, payment)
  const ids = stored.flatMap(event => (event.deliveryId === null ? [] : [event.deliveryId]))
  const kept = yield* database.read("read kept deliveries", kysely =>
    kysely
      .selectFrom("delivery")
      .select("delivery_id")
      .where("merchant", "=", merchant)
      .where("delivery_id", "in", [0, ...ids])
      .where("delivery_id", "<=", lastDelivery)
      .where("body", "is not", null)
      .execute(),
  )
  const askable = new Set(kept.map(row => row.delivery_id))
  return yield* Effect.forEach(stored, event =>
    Effect.map(
      Effect.fromResult(decodeEvent(event.data)),
      (decoded): StandingEvent => ({
        event: decoded,
        isAskable: event.deliveryId !== null && askable.has(event.deliveryId),
      }),
    ),
  )
})

const impliedEvents = Effect.fnUntraced(function* (merchant: string, payment: string) {
  const transaction = yield* Transaction
  const rows = yield* transaction.query("read scratch", database =>
    database
      .selectFrom("retranslation")
      .select(["delivery_id", "data"])
      .where("merchant", "=", merchant)
      .where("payment_id", "=", payment)
      .orderBy("delivery_id")
      .orderBy("ordinal")
      .execute(),
  )
  return yield* Effect.forEach(rows, row =>
    Effect.map(
      Effect.fromResult(decodeEvent(row.data)),
      (event): ImpliedEvent => ({ event, deliveryId: row.delivery_id }),
    ),
  )
})
