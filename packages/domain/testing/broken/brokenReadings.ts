import { sumOf } from "../../src/payment/join.ts"
import { type Payment, toPayment } from "../../src/payment/Payment.ts"
import type { PaymentState } from "../../src/payment/PaymentState.ts"
import { PAYMENT_STATUSES, type PaymentStatus } from "../../src/payment/status.ts"
import { encodeEvent } from "../../src/payment/upcast.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import type { Broken } from "./Broken.ts"
import { keepsTotals } from "./brokenJoins.ts"

/** Readings of a state, and of a stored text, that break one law each. */
export const BROKEN_READINGS: ReadonlyArray<Broken<PaymentModel>> = [
  {
    mistake: "nothing is ever refunded whole",
    rejectedBy: "coverage: states of every kind",
    implementation: shownAs(state => (state.seen.paid ? "paid" : undefined)),
  },
  {
    mistake: "one rank for all statuses, without classes",
    rejectedBy: "5 monotone: the class never falls",
    implementation: { ...PAYMENT_MODEL, statusClass: status => PAYMENT_STATUSES.indexOf(status) },
  },
  {
    mistake: "a late expiry cancels a paid payment",
    rejectedBy: "5 monotone: the class never falls",
    implementation: shownAs(state => (state.seen.expired ? "expired" : undefined)),
  },
  {
    mistake: "a late failure cancels a paid payment",
    rejectedBy: "5 monotone: a late end never touches a received payment",
    implementation: shownAs(state => (state.seen.failed ? "failed" : undefined)),
  },
  {
    mistake: "a deadline is not stored",
    rejectedBy: "7 round trip: nothing is lost",
    implementation: {
      ...PAYMENT_MODEL,
      encodeEvent: event => {
        if (event._tag !== "PaymentAwaiting") return encodeEvent(event)
        const { deadline: _, ...rest } = event
        return encodeEvent(rest)
      },
    },
  },
  {
    mistake: "fields are written as they stand",
    rejectedBy: "7 round trip: equal events are equal bytes",
    implementation: { ...PAYMENT_MODEL, encodeEvent: event => JSON.stringify(event) },
  },
]

/** Readings that only an adapter's stories can tell: no single event is wrong. */
export const BROKEN_READINGS_OF_STORIES: ReadonlyArray<Broken<PaymentModel>> = [
  {
    mistake: "totals are added to the refunds known by id",
    rejectedBy: "3 completeness: all words together are the truth",
    implementation: { ...keepsTotals, toPayment: withTotalsAdded },
  },
  {
    mistake: "a failure is an expiry if its instant is after the deadline",
    rejectedBy: "3 completeness: the last words are enough",
    implementation: shownAs(state => {
      const { failedAt } = state.instants
      const isOver = failedAt !== undefined && state.deadline !== undefined && failedAt >= state.deadline
      return state.seen.mayBeExpired && !state.seen.paid ? (isOver ? "expired" : "failed") : undefined
    }),
  },
  {
    mistake: "a late expiry cancels a paid payment",
    rejectedBy: "5 monotone: arrivals never lower the class",
    implementation: shownAs(state => (state.seen.mayBeExpired || state.seen.expired ? "expired" : undefined)),
  },
  {
    mistake: "everything is kept",
    rejectedBy: "4 silence: what arrived is no news",
    implementation: { ...PAYMENT_MODEL, decide: (_, implied) => implied },
  },
  {
    mistake: "everything is kept",
    rejectedBy: "2 confluence: every order of a story",
    implementation: { ...PAYMENT_MODEL, decide: (_, implied) => implied },
  },
  {
    mistake: "the first amount received is kept, whatever comes",
    rejectedBy: "2 confluence: late, twice and overtaken",
    implementation: {
      ...PAYMENT_MODEL,
      decide: (state, implied) => (state.seen.paid ? [] : implied),
    },
  },
]

function shownAs(wrong: (state: PaymentState) => PaymentStatus | undefined): PaymentModel {
  return {
    ...PAYMENT_MODEL,
    toPayment: state => ({ ...toPayment(state), status: wrong(state) ?? toPayment(state).status }),
  }
}

function withTotalsAdded(state: PaymentState): Payment {
  const payment = toPayment(state)
  const { refunded } = payment
  if (refunded === undefined) return payment
  const amount = sumOf(state.refunds, refunded.currency) + (state.refundedTotal[refunded.currency] ?? 0)
  return { ...payment, refunded: { ...refunded, amount } }
}
