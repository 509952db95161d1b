import { type Money, toMoney } from "@payfold/domain"

/** Money that must be money: the simulated amounts are positive and their currencies are codes. */
export function money(amount: number, currency: string): Money {
  const made = toMoney(amount, currency)
  if (made === undefined) throw new RangeError(`${amount} ${currency} is not money`)
  return made
}
