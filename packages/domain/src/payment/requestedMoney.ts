import type { Currency, Money } from "../Money.ts"
import type { PaymentState } from "./PaymentState.ts"

/** The amount shown as requested, where one is known. */
export function requestedMoney(state: PaymentState): Money | undefined {
  const text = state.facts["requested"]?.values[0]
  if (typeof text !== "string") return undefined
  const space = text.indexOf(" ")
  // `says` wrote the text of an amount and its currency.
  return { amount: Number(text.slice(0, space)), currency: text.slice(space + 1) as Currency }
}
