import { toInstant } from "@payfold/domain"
import { DateTime, Option } from "effect"

/** Whether a text names a day of the calendar: `2026-11-01`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && toInstant(`${text}T00:00:00Z`) !== undefined
}

/**
 * The last millisecond of a day on the clocks of a time zone, ISO 8601 in UTC: the log as of then holds all that was recorded on that day. Days on which
 * clocks are changed are longer or shorter. `day` and `timeZone` were checked before: others throw.
 */
export function endOfDay(day: string, timeZone: string): string {
  // Noon: clocks are changed at night, and no day is without it.
  const noon = DateTime.makeZoned(`${day}T12:00:00`, { timeZone, adjustForTimeZone: true })
  return DateTime.formatIso(DateTime.endOf(Option.getOrThrow(noon), "day"))
}
