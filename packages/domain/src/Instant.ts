import { Schema } from "effect"

/**
 * A moment in UTC, always written `2025-03-20T09:41:53.000Z`: text order is time order, and two writings of one moment are equal.
 *
 * Milliseconds: UnivaPay sends five or six fractional digits, and what lies beyond the third is cut off, the same way every time.
 */
export const Instant = Schema.String.check(
  Schema.makeFilter((text: string): boolean => (text.length === 24 && PLAIN.test(text)) || toInstant(text) === text, {
    message: "Expected an instant such as 2025-03-20T09:41:53.000Z",
  }),
).pipe(Schema.brand("Instant"))
export type Instant = typeof Instant.Type

/** In UTC, on a day that its month has in every year, within the years that `instantFromMilliseconds` knows: nearly every instant there is. */
const PLAIN =
  /^(?:19[7-9]\d|[2-9]\d{3})-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/

/** To the minute, second, fraction, then the sign, hours and minutes of an offset from UTC. */
const ISO_8601 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))$/

/**
 * Reads ISO 8601 with a time zone, seconds and fractions optional. `undefined` for anything else: a date without a zone names no
 * moment, and 30 February is not rolled over to March.
 */
export function toInstant(text: string): Instant | undefined {
  // Cut out of the text itself, without a calendar: this runs several times a report. The pattern leaves nothing that the calendar could refuse.
  if (PLAIN.test(text)) return `${text.slice(0, 19)}.${text.slice(20, -1).padEnd(3, "0").slice(0, 3)}Z` as Instant
  const match = ISO_8601.exec(text)
  if (match === null) return undefined
  const [, minute, second = "00", fraction = "", sign, offsetHours = 0, offsetMinutes = 0] = match
  const local = `${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}Z`
  const calendar = new Date(local)
  // `Date` rolls 30 February over to March and 24:00 over to the next day; then it writes another text than it read.
  if (calendar.toJSON() !== local) return undefined
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
  return instantFromMilliseconds(sign === "-" ? calendar.getTime() + offset : calendar.getTime() - offset)
}

/** From milliseconds since 1970. `undefined` outside the years 1970 to 9999: no payment was made there. */
export function instantFromMilliseconds(milliseconds: number): Instant | undefined {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0 || milliseconds > 253_402_300_799_999) return undefined
  // The only place that may brand: `toISOString` writes exactly the pattern within these years.
  return new Date(milliseconds).toISOString() as Instant
}
