import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { merchantQuery } from "../projection/builds.ts"
import type { Projection } from "../projection/Projection.ts"
import { eachPayment } from "./eachPayment.ts"
import type { ViewDifference } from "./viewDifferences.ts"

/** An event behind a row. */
export interface ExplainingEvent {
  readonly payment: string
  readonly version: number
  readonly position: number
  readonly type: string
  readonly recordedAt: string
}

/** A difference with the events that its row was derived from, the newest last. */
export interface ExplainedDifference extends ViewDifference {
  readonly events: ReadonlyArray<ExplainingEvent>
}

/** Events that are shown of one row. */
const MAXIMUM_EVENTS = 20

/**
 * Finds the events behind differing rows: those of the row's payment, and for a row of several payments those of every payment that touches it, which
 * costs one more walk through the log.
 */
export const explainRows = Effect.fnUntraced(function* (
  projection: Projection,
  differences: ReadonlyArray<ViewDifference>,
  position: number,
) {
  const payments = new Map(differences.map(difference => [difference, paymentOf(difference)]))
  for (const [merchant, ofMerchant] of Map.groupBy(differences, ({ key }) => String(key["merchant"]))) {
    const unknown = ofMerchant.filter(difference => payments.get(difference)?.length === 0)
    if (unknown.length > 0) yield* findPayments(projection, merchant, unknown, payments, position)
  }
  return yield* Effect.forEach(differences, difference =>
    Effect.map(
      eventsOfPayments(String(difference.key["merchant"]), payments.get(difference) ?? [], position),
      (events): ExplainedDifference => ({ ...difference, events }),
    ),
  )
})

function paymentOf({ key }: ViewDifference): Array<string> {
  const payment = key["payment_id"]
  return typeof payment === "string" ? [payment] : []
}

const findPayments = Effect.fnUntraced(function* (
  projection: Projection,
  merchant: string,
  differences: ReadonlyArray<ViewDifference>,
  payments: Map<ViewDifference, Array<string>>,
  position: number,
) {
  const { rowsTouched } = projection
  const database = yield* Database
  const settings = yield* database.read("read merchant", kysely => merchantQuery(kysely, merchant).executeTakeFirst())
  if (rowsTouched === undefined || settings === undefined) return
  const wanted = new Map(differences.map(difference => [keyText(difference), difference]))
  yield* eachPayment(merchant, position, changes =>
    Effect.sync(() => {
      for (const change of changes) {
        for (const row of rowsTouched(settings, change)) {
          const difference = wanted.get(keyText(row))
          const found = difference && payments.get(difference)
          if (found === undefined || found.includes(change.payment) || found.length >= MAXIMUM_EVENTS) continue
          found.push(change.payment)
        }
      }
    }),
  )
})

function keyText({ table, key }: Pick<ViewDifference, "table" | "key">): string {
  return JSON.stringify([
    table,
    ...Object.keys(key)
      .sort()
      .map(column => [column, key[column]]),
  ])
}

const eventsOfPayments = Effect.fnUntraced(function* (
  merchant: string,
  payments: ReadonlyArray<string>,
  position: number,
) {
  if (payments.length === 0) return []
  const database = yield* Database
  const rows = yield* database.read("read explaining events", kysely =>
    kysely
      .selectFrom("event")
      .select(["payment_id as payment", "version", "position", "type", "recorded_at as recordedAt"])
      .where("merchant", "=", merchant)
      .where("payment_id", "in", payments)
      .where("position", "<=", position)
      .orderBy("position", "desc")
      .limit(MAXIMUM_EVENTS)
      .execute(),
  )
  const events: ReadonlyArray<ExplainingEvent> = rows.reverse()
  return events
})
