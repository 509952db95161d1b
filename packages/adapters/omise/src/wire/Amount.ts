import { MinorUnits } from "@payfold/domain"
import { Schema, SchemaGetter } from "effect"

/**
 * An amount in minor units: a number, or a numeral in a string as some proxies and exports write it. Only a plain numeral: `1,500`, `1e3`
 * and ` 7` would be guesses.
 */
export const Amount = Schema.Unknown.pipe(
  Schema.decodeTo(MinorUnits, { decode: SchemaGetter.transform(fromNumeral), encode: SchemaGetter.passthrough() }),
)

/** Three letters, capital since 2019-05-29 and small before. */
export const CurrencyCode = Schema.String.check(
  Schema.isPattern(/^[A-Za-z]{3}$/, { message: "Expected a currency code of three letters" }),
)

const NUMERAL = /^[1-9]\d{0,15}$/

function fromNumeral(value: unknown): number {
  // What is no numeral goes on as it is: the decoder of the target names what it found.
  return (typeof value === "string" && NUMERAL.test(value) ? Number(value) : value) as number
}
