import { ChargeId } from "@payfold/domain"
import { Anything, required, WireAmount, WireCurrency, WireFlag } from "@payfold/domain/adapter"
import { Schema } from "effect"
import { Text } from "./Text.ts"

/**
 * A chargeback in the making: `open`, `pending`, then `won` or `lost`.
 *
 * Source: Omise Disputes API, recorded disputes of 2015 (read 2026-11-20).
 */
export const Dispute = Schema.Struct({
  id: required(ChargeId, "the id of a dispute"),
  amount: required(WireAmount, "an amount in minor units"),
  currency: required(WireCurrency, "a currency code of three letters"),
  status: required(Schema.NonEmptyString, "a status"),
  charge: Anything,
  livemode: WireFlag,
  closed_at: Text,
})
export type Dispute = typeof Dispute.Type
