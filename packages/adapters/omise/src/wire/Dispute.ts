import { ChargeId } from "@payfold/domain"
import { Schema } from "effect"
import { Amount, CurrencyCode } from "./Amount.ts"
import { Anything, Flag, required, Text } from "./tolerant.ts"

/**
 * A chargeback in the making: `open`, `pending`, then `won` or `lost`.
 *
 * Source: Omise Disputes API, recorded disputes of 2015 (read 2026-11-20).
 */
export const Dispute = Schema.Struct({
  id: required(ChargeId, "the id of a dispute"),
  amount: required(Amount, "an amount in minor units"),
  currency: required(CurrencyCode, "a currency code of three letters"),
  status: required(Schema.NonEmptyString, "a status"),
  charge: Anything,
  livemode: Flag,
  closed_at: Text,
})
export type Dispute = typeof Dispute.Type
