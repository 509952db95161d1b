import { Schema, SchemaGetter } from "effect"
import { MinorUnits } from "../Money.ts"

/**
 * An amount in minor units as providers write it: a number, or a numeral in a string. Only a plain numeral: `1,500`, `1e3` and ` 7` would be
 * guesses.
 */
export const WireAmount = Schema.Unknown.pipe(
  Schema.decodeTo(MinorUnits, { decode: SchemaGetter.transform(fromNumeral), encode: SchemaGetter.passthrough() }),
)

/** A whole number of any sign, or its numeral in a string: fees may be 0. */
export const WireWholeNumber = Schema.Unknown.pipe(
  Schema.decodeTo(Schema.Int, { decode: SchemaGetter.transform(fromNumeral), encode: SchemaGetter.passthrough() }),
)

/** Three letters of either case; `toMoney` makes capitals of them. */
export const WireCurrency = Schema.String.check(
  Schema.isPattern(/^[A-Za-z]{3}$/, { message: "Expected a currency code of three letters" }),
)

const NUMERAL = /^(?:0|[1-9]\d{0,15})$/

/** What is no numeral goes on as it is: the decoder of the target names what it found. */
function fromNumeral(value: unknown): number {
  if (typeof value === "string" && NUMERAL.test(value)) return Number(value)
  // JSON can write −0, which no store gives back as it was.
  return value === 0 ? 0 : (value as number)
}
