import { ChargeId } from "@payfold/domain"
import {
  Anything,
  required,
  tolerant,
  WireAmount,
  WireCurrency,
  WireFlag,
  WireText,
  WireWholeNumber,
} from "@payfold/domain/adapter"
import { Schema } from "effect"
import { PaymentError } from "./PaymentError.ts"

/** Source: UnivaPay client SDKs, `ChargeStatus` and `CHARGE_TRANSITIONS` (August 2026, read 2026-11-20). */
export const CHARGE_STATUSES = [
  "pending",
  "awaiting",
  "authorized",
  "successful",
  "failed",
  "error",
  "canceled",
] as const

/**
 * A charge, as far as it concerns the payment. It repeats neither the payment type nor the store nor the deadline: the token and the
 * expiry hold those.
 *
 * `redirect` and `three_ds` are not read: their endpoints are where the merchant wants the payer back, nothing the payer needs in order to pay.
 *
 * Source: seed 001 (2025-04-23), UnivaPay client SDKs (August 2026), recorded charges of 2017 to 2025 (read 2026-11-20).
 */
export const Charge = Schema.Struct({
  id: required(ChargeId, "the id of a charge"),
  requested_amount: required(WireAmount, "an amount in minor units"),
  requested_currency: required(WireCurrency, "a currency code of three letters"),
  /** One of the seven, or a word of tomorrow. */
  status: required(Schema.NonEmptyString, "a status"),
  transaction_token_id: WireText,
  /** Filled while the charge still waits for its payer: money only once the status is `successful`. */
  charged_amount: tolerant(WireAmount),
  charged_currency: tolerant(WireCurrency),
  fee_amount: tolerant(WireWholeNumber),
  fee_currency: tolerant(WireCurrency),
  /** A date asked for at creation; for a konbini it replaces the token's period. */
  capture_at: Anything,
  error: tolerant(PaymentError),
  /** Loose: keys vanish, numbers come back as texts and the other way round. */
  metadata: Anything,
  mode: WireText,
  /** What said the mode in 2017. */
  test_mode: WireFlag,
  created_on: WireText,
})
export type Charge = typeof Charge.Type
