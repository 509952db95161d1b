import type { Currency, Money } from "../Money.ts"
import type { PaymentState } from "./PaymentState.ts"

/** The amount shown as requested, where one is known. */
export function requestedMoney(state: PaymentState): Money | undefined {
  const text = state.facts["requested"]?.values[0]
  if (typeof text !== "string") return undefined
  const [amount, currency] = text.split(" ")
  // `says` wrote the text of an amount and its currency.
  return { amount: Number(amount), currency: currency as Currency }
}
