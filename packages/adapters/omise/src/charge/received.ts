import { type Money, toMoney } from "@payfold/domain"
import { WireAmount } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import type { Charge } from "../wire/Charge.ts"

const decodeAmount = Schema.decodeUnknownResult(WireAmount)

/**
 * What was received of a successful charge: what was captured where Omise says so, else all of it. `funding_amount` is the settlement's
 * and never the payment's. A captured amount that cannot be read leaves the money unknown: taking the whole amount would be a guess.
 */
export function received(charge: Charge): Money | undefined {
  const { captured_amount: captured } = charge
  if (captured === undefined || captured === null || captured === 0) return toMoney(charge.amount, charge.currency)
  return toMoney(Result.getOrUndefined(decodeAmount(captured)), charge.currency)
}
