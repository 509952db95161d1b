import { ChargeId } from "@payfold/domain"
import { required, WireAmount, WireCurrency, WireText } from "@payfold/domain/adapter"
import { Schema } from "effect"

/** Of refunds and cancels, which are worked off later: they start `pending`, and a finished one need not have succeeded. */
export const REQUEST_STATUSES = ["pending", "successful", "failed", "error"] as const

/** Source: UnivaPay client SDKs, `RefundReasonResponse` (August 2026, read 2026-11-20). */
export const REFUND_REASONS = [
  "duplicate",
  "fraud",
  "customer_request",
  "system_failure",
  "chargeback",
  "chargeback_fee_exempt",
  "chargeback_reverse",
] as const

/**
 * Money that goes back, chargebacks included: their reason tells them apart.
 *
 * Source: UnivaPay client SDKs, `Refund` and `refund_finished` (August 2026, read 2026-11-20).
 */
export const Refund = Schema.Struct({
  id: required(ChargeId, "the id of a refund"),
  charge_id: required(ChargeId, "the id of a charge"),
  amount: required(WireAmount, "an amount in minor units"),
  currency: required(WireCurrency, "a currency code of three letters"),
  status: required(Schema.NonEmptyString, "a status"),
  reason: WireText,
  mode: WireText,
})
export type Refund = typeof Refund.Type
