import { expect, test } from "vitest"
import { endOfDay, isDay } from "../../src/replay/endOfDay.ts"

test.each([
  ["2026-11-01", "Asia/Tokyo", "2026-11-01T14:59:59.999Z"],
  ["2026-11-01", "UTC", "2026-11-01T23:59:59.999Z"],
  // Clocks go back in New York on that day: it has 25 hours; and forward in spring.
  ["2026-11-01", "America/New_York", "2026-11-02T04:59:59.999Z"],
  ["2026-03-08", "America/New_York", "2026-03-09T03:59:59.999Z"],
  // The clocks of Santiago skip midnight.
  ["2026-09-05", "America/Santiago", "2026-09-06T03:59:59.999Z"],
])("ends %s in %s at %s", (day, timeZone, instant) => {
  expect(endOfDay(day, timeZone)).toBe(instant)
})

test("takes only days of the calendar", () => {
  expect(["2026-02-28", "2028-02-29"].map(isDay)).toEqual([true, true])
  expect(["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-01-01T00:00Z", ""].some(isDay)).toBe(false)
})
