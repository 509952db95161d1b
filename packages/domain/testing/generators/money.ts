import fc from "fast-check"
import { type Currency, type Money, toMoney } from "../../src/Money.ts"

/** Money that must be money: a defect is thrown where it is not. For literals in generators and tests. */
export function money(amount: number, currency: string): Money {
  const made = toMoney(amount, currency)
  if (made === undefined) throw new RangeError(`${amount} ${currency} is not money`)
  return made
}

/** Two currencies that differ in their digits, so that they meet. */
export const currencies: fc.Arbitrary<Currency> = fc.constantFrom("JPY", "THB").map(code => money(1, code).currency)

/** Small enough to meet, add up and be exceeded by one; now and then the largest there is. */
export const amounts: fc.Arbitrary<number> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1) },
)

/** Any amount of money, mostly a small one. */
export const moneys: fc.Arbitrary<Money> = fc.record({ amount: amounts, currency: currencies })
