import {
  evolve,
  fold,
  isReceived,
  type PaymentState,
  refundCurrencies,
  refundedAmount,
  toPayment,
  UNKNOWN_PAYMENT,
  withdrawnVersions,
} from "@payfold/domain"
import { eventsOf, type PaymentStream } from "../log/paymentStreams.ts"
import { dayIn } from "./dayIn.ts"

/** What one payment adds to one day; amounts in minor units. */
export interface MoneyOfDay {
  readonly day: string
  /** `provider`: the day it happened, as told. `recorded`: the day we learned it, where no report tells. */
  readonly day_from: "provider" | "recorded"
  readonly provider: string
  readonly method: string
  readonly currency: string
  readonly mode: string
  readonly received_count: number
  readonly received_amount: number
  readonly refunded_count: number
  readonly refunded_amount: number
}

/** Stands where no report tells: a bucket like any other, so that the sums hold. */
export const UNKNOWN = "unknown"

/**
 * What a payment received on one day and gave back on another, one entry a day and currency. Money of which only the fact is known counts, with an
 * amount of nothing. A payment has one day of refunding, that of the first refund: later refunds of it are added there.
 */
export function moneyOfDays(payment: string, stream: PaymentStream, timeZone: string): ReadonlyArray<MoneyOfDay> {
  const state = fold(eventsOf(stream))
  if (!isReceived(state)) return []
  const { method, mode } = toPayment(state)
  const bucket = {
    provider: payment.slice(0, payment.indexOf(":")),
    method: method?._tag ?? UNKNOWN,
    mode: mode ?? UNKNOWN,
  }
  const on = (told: string | undefined, isSo: (known: PaymentState) => boolean) => {
    const instant = told ?? firstRecorded(stream, isSo)
    return { day: dayIn(timeZone, instant), day_from: told === undefined ? "recorded" : "provider" } as const
  }
  const nothing = { received_count: 0, received_amount: 0, refunded_count: 0, refunded_amount: 0 }
  const receivedOn = on(state.instants["paidAt"], isReceived)
  const amounts = Object.entries(state.received)
  const received = (amounts.length === 0 ? [[UNKNOWN, 0] as const] : amounts).map(([currency, amount]) => ({
    ...{ ...bucket, ...receivedOn, ...nothing, currency },
    ...{ received_count: 1, received_amount: amount },
  }))
  const refunded = [...refundCurrencies(state)].sort().flatMap(currency => {
    const amount = refundedAmount(state, currency)
    if (amount === 0) return []
    const refundedOn = on(state.instants["refundedAt"], known => refundCurrencies(known).size > 0)
    return [{ ...bucket, ...refundedOn, ...nothing, currency, refunded_count: 1, refunded_amount: amount }]
  })
  return [...received, ...refunded]
}

/** When we recorded the event from which on something was known; what was withdrawn later was never known. */
function firstRecorded(stream: PaymentStream, isSo: (known: PaymentState) => boolean): string {
  const withdrawn = withdrawnVersions(eventsOf(stream))
  let known = UNKNOWN_PAYMENT
  for (const [index, { event, recordedAt }] of stream.entries()) {
    if (withdrawn.has(index + 1)) continue
    known = evolve(known, event)
    if (isSo(known)) return recordedAt
  }
  throw new Error("the whole stream says so, and none of its events does")
}
