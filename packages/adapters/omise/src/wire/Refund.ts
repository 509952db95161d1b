import { ChargeId } from "@payfold/domain"
import { Anything, required, WireAmount, WireCurrency, WireFlag } from "@payfold/domain/adapter"
import { Schema } from "effect"
import { Text } from "./Text.ts"

/**
 * A refund or a void. `status` is `pending` or `closed`, absent in old shapes; no event follows a pending one.
 *
 * Source: Omise Refunds API, recorded refunds of 2015 to 2025 (read 2026-11-20).
 */
export const Refund = Schema.Struct({
  id: required(ChargeId, "the id of a refund"),
  amount: required(WireAmount, "an amount in minor units"),
  currency: required(WireCurrency, "a currency code of three letters"),
  status: Text,
  charge: Anything,
  livemode: WireFlag,
  created_at: Text,
  created: Text,
})
export type Refund = typeof Refund.Type
