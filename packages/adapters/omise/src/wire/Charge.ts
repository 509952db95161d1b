import { ChargeId } from "@payfold/domain"
import { Anything, explained, required, tolerant, WireAmount, WireCurrency, WireFlag } from "@payfold/domain/adapter"
import { Schema } from "effect"
import { Source } from "./Source.ts"
import { Text } from "./Text.ts"

/**
 * A charge in every API shape from 2014-07-27 to 2019-05-29 with the attributes added since, as far as they concern the payment. An event
 * keeps the shape of its moment for ever, and one stream mixes them, so both names of an attribute stand side by side.
 *
 * Source: Omise Charges API, upgrade guide 2017 to 2019, seeds 000, 003 and 004, recorded charges of 2015 to 2025 (read 2026-11-20).
 */
export const Charge = Schema.Struct({
  id: required(ChargeId, "the id of a charge"),
  amount: required(WireAmount, "an amount in minor units"),
  currency: required(WireCurrency, "a currency code of three letters"),
  /** Absent in the oldest shape; a status that is no text makes the charge unreadable. */
  status: Schema.optionalKey(explained(Schema.NullOr(Schema.NonEmptyString), "a status")),
  livemode: WireFlag,
  metadata: Anything,
  created_at: Text,
  created: Text,

  /** The flags that were the status in 2014 and 2015, and that agree with it since. */
  captured: WireFlag,
  paid: WireFlag,
  reversed: WireFlag,
  authorized: WireFlag,
  voided: WireFlag,
  expired: WireFlag,
  failure_code: Text,
  failure_message: Text,

  paid_at: Text,
  reversed_at: Text,
  expired_at: Text,
  /** An early expiry overwrites it with its own moment. */
  expires_at: Text,

  /** Partial capture; filled on failed charges too, where it means nothing. */
  captured_amount: Anything,
  multi_capture: WireFlag,
  /** Fees are told in the currency of settlement. */
  funding_currency: tolerant(WireCurrency),
  fee: tolerant(Schema.Int),
  fee_vat: tolerant(Schema.Int),
  interest: tolerant(Schema.Int),
  interest_vat: tolerant(Schema.Int),
  net: tolerant(Schema.Int),

  refunded_amount: tolerant(WireAmount),
  refunded: tolerant(WireAmount),
  refunds: tolerant(Schema.Struct({ data: tolerant(Schema.Array(Schema.Unknown)) })),
  /** An id, or the whole dispute where the request asked to expand it. */
  dispute: Anything,

  authorize_uri: Text,
  zero_interest_installments: WireFlag,
  source: tolerant(Source),
  /** What is known of a deleted card may be its id alone. */
  card: tolerant(Schema.Union([Schema.NonEmptyString, Schema.Struct({ brand: Text })])),
  source_of_fund: Text,
  offsite: Text,
  offline: Text,
})
export type Charge = typeof Charge.Type
