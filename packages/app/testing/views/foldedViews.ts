import { decodeEvent, fold, orderDiscrepancies, toPayment } from "@payfold/domain"
import { Effect } from "effect"
import { EventLog } from "../../src/log/EventLog.ts"
import type { PaymentStream } from "../../src/log/paymentStreams.ts"
import type { Merchant } from "../../src/merchant/Merchant.ts"
import { discrepancyRows } from "../../src/projection/discrepancies.ts"
import { dueRow } from "../../src/projection/due.ts"
import { type MoneyOfDay, moneyOfDays } from "../../src/projection/moneyOfDays.ts"
import { attemptRow } from "../../src/projection/orders.ts"
import { paymentRow } from "../../src/projection/payments.ts"
import type { Tables } from "./viewDump.ts"

/** What the shipped views must show of a log up to a position, by folding it in memory: no batches, no differences, no database. */
export const foldedViews = Effect.fnUntraced(function* (merchant: Merchant, upTo = Number.MAX_SAFE_INTEGER) {
  const streams = yield* readStreams(upTo)
  const folded = [...streams].map(([payment, stream]) => ({
    payment,
    stream,
    after: fold(stream.map(({ event }) => event)),
    version: stream.length,
    position: stream.at(-1)?.position ?? 0,
  }))
  const name = merchant.merchant
  const stateOf = new Map(folded.map(({ payment, after }) => [payment, after]))
  const attempts = folded.flatMap(one => attemptRow(name, one) ?? [])
  return {
    payments: folded.map(one => paymentRow(name, one)),
    due: folded.flatMap(one => dueRow(name, one) ?? []),
    discrepancies: folded.flatMap(one => discrepancyRows(name, one)),
    daily_totals: totals(
      name,
      folded.flatMap(one => moneyOfDays(one.payment, one.stream, merchant.timeZone)),
    ),
    order_attempts: attempts,
    orders: [...Map.groupBy(attempts, row => JSON.stringify([row.order_reference, row.mode])).values()].flatMap(
      ([first, ...rest]) => {
        if (first === undefined) return []
        const all = [first, ...rest]
        const count = (...statuses: ReadonlyArray<string>) => all.filter(row => statuses.includes(row.status)).length
        const paidTwice = orderDiscrepancies(
          all.flatMap(({ payment_id: id }) => {
            const state = stateOf.get(id)
            return state === undefined ? [] : [{ id, payment: toPayment(state) }]
          }),
        )
        return [
          {
            ...{ merchant: name, order_reference: first.order_reference, mode: first.mode, attempts: all.length },
            ...{ open: count("created", "awaiting"), paid: count("paid"), refunded: count("refunded") },
            discrepancies: paidTwice.map(({ code }) => code),
            position: Math.max(...all.map(row => row.position)),
          },
        ]
      },
    ),
  } satisfies Tables
})

const readStreams = Effect.fnUntraced(function* (upTo: number) {
  const log = yield* EventLog
  const streams = new Map<string, Array<PaymentStream[number]>>()
  let after = 0
  while (true) {
    const batch = yield* log.readLog(after, { events: 5_000 })
    for (const { payment, position, recordedAt, deliveryId, correlation, data } of batch) {
      if (position > upTo) return streams
      const event = yield* Effect.fromResult(decodeEvent(data))
      const stream = streams.get(payment) ?? []
      streams.set(payment, stream)
      stream.push({ position, recordedAt, deliveryId, correlation, event })
    }
    const last = batch.at(-1)
    if (last === undefined) return streams
    after = last.position
  }
})

function totals(merchant: string, entries: ReadonlyArray<MoneyOfDay>): ReadonlyArray<object> {
  const sum = (rows: ReadonlyArray<MoneyOfDay>, measure: "received_amount" | "refunded_amount") =>
    rows.reduce((total, row) => total + BigInt(row[measure]), 0n).toString()
  const count = (rows: ReadonlyArray<MoneyOfDay>, measure: "received_count" | "refunded_count") =>
    rows.reduce((total, row) => total + row[measure], 0)
  const bucketOf = ({ day, day_from, provider, method, currency, mode }: MoneyOfDay) => ({
    ...{ merchant, day, day_from, provider, method, currency, mode },
  })
  return [...Map.groupBy(entries, entry => JSON.stringify(bucketOf(entry))).entries()].map(([bucket, rows]) => ({
    ...JSON.parse(bucket),
    received_count: count(rows, "received_count"),
    received_amount: sum(rows, "received_amount"),
    refunded_count: count(rows, "refunded_count"),
    refunded_amount: sum(rows, "refunded_amount"),
  }))
}
