import { ChargeId } from "@payfold/domain"
import { Schema } from "effect"
import { Amount, CurrencyCode } from "./Amount.ts"
import { Anything, Flag, required, Text } from "./tolerant.ts"

/**
 * A refund or a void. `status` is `pending` or `closed`, absent in old shapes; no event follows a pending one.
 *
 * Source: Omise Refunds API, recorded refunds of 2015 to 2025 (read 2026-11-20).
 */
export const Refund = Schema.Struct({
  id: required(ChargeId, "the id of a refund"),
  amount: required(Amount, "an amount in minor units"),
  currency: required(CurrencyCode, "a currency code of three letters"),
  status: Text,
  charge: Anything,
  livemode: Flag,
  created_at: Text,
  created: Text,
})
export type Refund = typeof Refund.Type
