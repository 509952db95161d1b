import { Schema } from "effect"

/**
 * A moment in UTC, always written `2025-03-20T09:41:53.000Z`: text order is time order, and two writings of one moment are equal.
 *
 * Milliseconds: UnivaPay sends five or six fractional digits, and what lies beyond the third is cut off, the same way every time.
 */
export const Instant = Schema.String.check(
  Schema.makeFilter((text: string): boolean => toInstant(text) === text, {
    message: "Expected an instant such as 2025-03-20T09:41:53.000Z",
  }),
).pipe(Schema.brand("Instant"))
export type Instant = typeof Instant.Type

/** In UTC, on a day that its month has in every year, within the years that `instantFromMilliseconds` knows: nearly every instant there is. */
const PLAIN =
  /^(?:19[7-9]\d|[2-9]\d{3})-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/

const ISO_8601 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))$/

/**
 * Reads ISO 8601 with a time zone, seconds and fractions optional. `undefined` for anything else: a date without a zone names no
 * moment, and 30 February is not rolled over to March.
 */
export function toInstant(text: string): Instant | undefined {
  // Cut out of the text itself: 0.1 instead of 1 µs, several times a report (measured). The pattern leaves nothing that the calendar could refuse.
  if (PLAIN.test(text)) return `${text.slice(0, 19)}.${text.slice(20, -1).padEnd(3, "0").slice(0, 3)}Z` as Instant
  const match = ISO_8601.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? "0"))
  const offsetHours = Number(match[10] ?? "0")
  const offsetMinutes = Number(match[11] ?? "0")
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined
  // `Date.UTC` reads the years 0 to 99 as 1900 to 1999.
  if (year < 1000) return undefined
  const milliseconds = Number((match[7] ?? "0").padEnd(3, "0").slice(0, 3))
  const local = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds)
  const calendar = new Date(local)
  if (calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== day) return undefined
  const offset = (offsetHours * 60 + offsetMinutes) * 60_000 * (match[9] === "-" ? -1 : 1)
  return instantFromMilliseconds(local - offset)
}

/** From milliseconds since 1970. `undefined` outside the years 1970 to 9999: no payment was made there. */
export function instantFromMilliseconds(milliseconds: number): Instant | undefined {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0 || milliseconds > 253_402_300_799_999) return undefined
  // The only place that may brand: `toISOString` writes exactly the pattern within these years.
  return new Date(milliseconds).toISOString() as Instant
}
