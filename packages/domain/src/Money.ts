import { Result, Schema } from "effect"

/** ISO 4217 alphabetic code in capitals. Any three letters are kept: which codes exist is the provider's to know. */
export const Currency = Schema.String.check(
  Schema.isPattern(/^[A-Z]{3}$/, { message: "Expected a currency code of three capital letters" }),
).pipe(Schema.brand("Currency"))
export type Currency = typeof Currency.Type

/** Minor units of a currency: a positive integer of at most 2^53−1. */
export const MinorUnits = Schema.Int.check(
  Schema.isBetween(
    { minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    { message: "Expected a positive whole number of minor units, at most 9007199254740991" },
  ),
)

/** An amount of money: yen for JPY, satang for THB, cents for SGD. */
export const Money = Schema.Struct({ amount: MinorUnits, currency: Currency })
export type Money = typeof Money.Type

const decodeMoney = Schema.decodeUnknownResult(Money)

/** Money of any two values; currency codes in small letters are read too. `undefined` where they are not money. */
export function toMoney(amount: unknown, currency: unknown): Money | undefined {
  // A sum of nothing is said of nearly every charge: no issue is made of it, which took an eighth of a translation (measured).
  if (typeof currency !== "string" || typeof amount !== "number" || amount < 1) return undefined
  return Result.getOrUndefined(decodeMoney({ amount, currency: toCapitals(currency) }))
}

/** ASCII letters only: `toUpperCase` would turn `ß` into `SS` and so make a code of what is none. */
function toCapitals(code: string): string {
  return /^[A-Z]*$/.test(code) ? code : code.replace(/[a-z]/g, letter => letter.toUpperCase())
}

/** Codes whose minor unit is not a hundredth. Source: ISO 4217 list one (read 2026-11-20). */
const DIGITS: Readonly<Record<string, number>> = {
  ...digits(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
  ...digits(3, "BHD IQD JOD KWD LYD OMR TND"),
  ...digits(4, "CLF UYW"),
}

function digits(count: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(" ").map(code => [code, count]))
}

/** How many decimal digits the currency is written with: 0 for JPY, 2 for THB. */
export function currencyDigits(currency: string): number {
  return Object.hasOwn(DIGITS, currency) ? (DIGITS[currency] ?? 2) : 2
}

/** For people: `¥1,500`, `฿4,000.00`. Works on the digits, so no amount is rounded; sums may be `bigint`. */
export function formatMoney(money: { readonly amount: number | bigint; readonly currency: string }): string {
  const count = currencyDigits(money.currency)
  const text = String(money.amount < 0 ? -money.amount : money.amount).padStart(count + 1, "0")
  const decimal = count === 0 ? text : `${text.slice(0, -count)}.${text.slice(-count)}`
  const format = new Intl.NumberFormat("en", {
    style: "currency",
    currency: money.currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: count,
    maximumFractionDigits: count,
  })
  // Intl reads a decimal string exactly; its type allows only templates of numbers.
  return format.format(`${money.amount < 0 ? "-" : ""}${decimal}` as `${number}`)
}
