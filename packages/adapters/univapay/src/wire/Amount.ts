import { MinorUnits } from "@payfold/domain"
import { Schema, SchemaGetter } from "effect"

/**
 * An amount in minor units: a number, or a numeral in a string as the guide's own request writes it (`"100"`). Only a plain numeral: `1,500`,
 * `1e3` and ` 7` would be guesses.
 */
export const Amount = Schema.Unknown.pipe(
  Schema.decodeTo(MinorUnits, { decode: SchemaGetter.transform(fromNumeral), encode: SchemaGetter.passthrough() }),
)

/** Three letters: requests may write small ones, answers write capitals. */
export const CurrencyCode = Schema.String.check(
  Schema.isPattern(/^[A-Za-z]{3}$/, { message: "Expected a currency code of three letters" }),
)

/** A number of any sign, or its numeral in a string: fees may be 0. */
export const WholeNumber = Schema.Unknown.pipe(
  Schema.decodeTo(Schema.Int, { decode: SchemaGetter.transform(fromNumeral), encode: SchemaGetter.passthrough() }),
)

const NUMERAL = /^(?:0|[1-9]\d{0,15})$/

/** What is no numeral goes on as it is: the decoder of the target names what it found. */
function fromNumeral(value: unknown): number {
  if (typeof value === "string" && NUMERAL.test(value)) return Number(value)
  // JSON can write −0, which no store gives back as it was.
  return value === 0 ? 0 : (value as number)
}
