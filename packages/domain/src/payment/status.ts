import { plus, sumOf } from "./join.ts"
import type { Amounts, PaymentState } from "./PaymentState.ts"

/** Every status there is, in the order of a payment's life. */
export const PAYMENT_STATUSES = ["created", "awaiting", "expired", "failed", "paid", "refunded"] as const
/** One of them. */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** No report lowers the class: open, then ended, then received. Money received outranks every story about money not received. */
export const STATUS_CLASS: Readonly<Record<PaymentStatus, 0 | 1 | 2>> = {
  created: 0,
  awaiting: 0,
  expired: 1,
  failed: 1,
  paid: 2,
  refunded: 2,
}

/**
 * How the payment stands: its class, and the label inside it. A payment of which nothing is known counts as created, and so does one that is
 * authorised and not captured: there is nothing left for the payer to do.
 */
export function status(state: PaymentState): PaymentStatus {
  if (isReceived(state)) return isRefundedWhole(state) ? "refunded" : "paid"
  return endedAs(state) ?? (state.seen.awaiting && !state.seen.authorised ? "awaiting" : "created")
}

/**
 * What the reports of an end say, whether or not money came after all: failed if any names a cause, else expired if any says so or an
 * unnamed failure must be read so, else failed.
 */
export function endedAs(state: PaymentState): "expired" | "failed" | undefined {
  if (state.facts["failure.category"] !== undefined) return "failed"
  if (state.seen.expired || (state.seen.mayBeExpired && awaitedCash(state))) return "expired"
  return state.seen.failed ? "failed" : undefined
}

/** A refund proves receipt, even before the payment itself is known. */
export function isReceived(state: PaymentState): boolean {
  return state.seen.paid || refundCurrencies(state).size > 0
}

/** Refunds and chargebacks less the chargebacks taken back, in minor units of one currency. */
export function refundedAmount(state: PaymentState, currency: string): number {
  if (!isRefunded(state)) return 0
  // One id is one sum: a refund whose reason turns out to be a chargeback is counted as that alone.
  const byId = Object.entries(state.refunds).filter(([key]) => !Object.hasOwn(state.chargebacks, key))
  const refunds = Math.max(sumOf(Object.fromEntries(byId), currency), state.refundedTotal[currency] ?? 0)
  const chargebacks = sumOf(state.chargebacks, currency)
  // A reversal whose chargeback was never told takes nothing back that was booked.
  return plus(refunds, chargebacks - Math.min(chargebacks, sumOf(state.chargebackReversals, currency)))
}

/** Currencies in which any refund or chargeback was told. */
export function refundCurrencies(state: PaymentState): ReadonlySet<string> {
  if (!isRefunded(state)) return NO_CURRENCIES
  const byId = [state.refunds, state.chargebacks, state.chargebackReversals].flatMap(currenciesById)
  return new Set([...byId, ...Object.keys(state.refundedTotal)])
}

const NO_CURRENCIES: ReadonlySet<string> = new Set()

/** Nearly no payment is: what follows from refunds is worked out for those alone. */
function isRefunded({ refunds, chargebacks, chargebackReversals, refundedTotal }: PaymentState): boolean {
  for (const amounts of [refunds, chargebacks, chargebackReversals, refundedTotal]) for (const _ in amounts) return true
  return false
}

function currenciesById(amounts: Amounts): ReadonlyArray<string> {
  return Object.keys(amounts).map(key => key.slice(0, 3))
}

function isRefundedWhole(state: PaymentState): boolean {
  const received = Object.entries(state.received)
  return received.length > 0 && received.every(([currency, amount]) => refundedAmount(state, currency) >= amount)
}

/** Known to have waited for cash: it had a number or an account to pay to, or it awaited the payer at a counter or by bank transfer. */
function awaitedCash(state: PaymentState): boolean {
  const { facts, seen } = state
  if (facts["instructions.paymentNumber"] !== undefined || facts["instructions.accountNumber"] !== undefined)
    return true
  const kinds = facts["method.kind"]?.values ?? []
  return seen.awaiting && (kinds.includes("CounterCash") || kinds.includes("BankTransfer"))
}
