import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import type { Truth } from "../deliveries/Truth.ts"

/** What a provider without peculiarities would report of a payment: one delivery for each thing that happened, each from the beginning. */
export function reportsOf(truth: Truth): ReadonlyArray<ReadonlyArray<PaymentEvent>> {
  const { payment, mode, requested, method, received, status, wentBack } = truth
  const provider = payment.slice(0, payment.indexOf(":"))
  const reported = { schemaVersion: 1, adapter: { name: provider, version: 1 } } as const
  const chargeId = payment.slice(provider.length + 1)
  const created: PaymentEvent = { _tag: "PaymentCreated", ...reported, provider, chargeId, mode, requested, method }
  const awaiting: PaymentEvent = { _tag: "PaymentAwaiting", ...reported, instructions: {} }
  const deliveries: Array<ReadonlyArray<PaymentEvent>> = [[created]]
  if (status !== "created") deliveries.push([created, awaiting])
  if (status === "expired") deliveries.push([created, { _tag: "PaymentExpired", ...reported }])
  if (status === "failed") deliveries.push([created, { _tag: "PaymentFailed", ...reported }])
  if (received === undefined) return deliveries
  deliveries.push([created, { _tag: "PaymentPaid", ...reported, received }])
  const refunds = wentBack.map((refund): PaymentEvent => ({ _tag: "PaymentRefunded", ...reported, refund }))
  return [...deliveries, ...refunds.map(refund => [refund])]
}
