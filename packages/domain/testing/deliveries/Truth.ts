import type { Money } from "../../src/Money.ts"
import type { PaymentId } from "../../src/PaymentId.ts"
import type { PaymentMethod } from "../../src/PaymentMethod.ts"
import type { DiscrepancyCode } from "../../src/payment/discrepancies.ts"
import type { Mode, RefundReport } from "../../src/payment/PaymentEvent.ts"
import type { PaymentStatus } from "../../src/payment/status.ts"

/** One refund, chargeback or chargeback reversal. Where a provider tells only totals the id may be made up. */
export type WentBack = Exclude<RefundReport, { readonly _tag: "Total" }>

/**
 * What really happened to one payment at a simulated provider, in no provider's words: the books must end like this once every
 * body was delivered, in whatever order.
 */
export interface Truth {
  readonly payment: PaymentId
  readonly mode: Mode
  readonly method: PaymentMethod
  readonly requested: Money
  readonly status: PaymentStatus
  /** Absent where no money came, and where no body tells how much. */
  readonly received?: Money
  /** In the order it happened; each at most once. */
  readonly wentBack: ReadonlyArray<WentBack>
  readonly orderReference?: string
  /** The codes that the payment shows once everything was delivered: exactly these. */
  readonly discrepancies: ReadonlyArray<DiscrepancyCode>
  /** Amounts that some body rightly names beside the requested, the received and what went back: an earlier requested amount, say. */
  readonly otherAmounts?: ReadonlyArray<Money>
}

/** Net amount that went back by currency, in minor units; a currency in which nothing did is absent. */
export function netWentBack(truth: Truth): ReadonlyMap<string, number> {
  const net = new Map<string, number>()
  for (const { _tag, amount, currency } of truth.wentBack) {
    net.set(currency, (net.get(currency) ?? 0) + (_tag === "ChargebackReversal" ? -amount : amount))
  }
  return net
}

/** Every amount that a body of this payment may rightly name, as `<amount> <currency>`: those above and the running totals of refunds. */
export function rightfulAmounts(truth: Truth): ReadonlySet<string> {
  const amounts: Array<{ readonly amount: number; readonly currency: string }> = [
    truth.requested,
    ...(truth.received === undefined ? [] : [truth.received]),
    ...(truth.otherAmounts ?? []),
    ...truth.wentBack,
  ]
  const totals = new Map<string, number>()
  for (const { _tag, amount, currency } of truth.wentBack) {
    if (_tag !== "Refund") continue
    const total = (totals.get(currency) ?? 0) + amount
    totals.set(currency, total)
    amounts.push({ amount: total, currency })
  }
  return new Set(amounts.map(({ amount, currency }) => `${amount} ${currency}`))
}
