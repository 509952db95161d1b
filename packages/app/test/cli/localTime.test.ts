import { expect, test } from "vitest"
import { deadlineCell, deadlineSentence, localTime, momentSentence } from "../../src/cli/localTime.ts"

const NOW = "2026-06-15T00:00:00.000Z"

test.each([
  ["Asia/Tokyo", "2026-07-01T14:59:59.000Z", "until the end of 1 July in Japan"],
  ["Asia/Tokyo", "2026-07-01T14:59:59.999Z", "until the end of 1 July in Japan"],
  ["Asia/Tokyo", "2026-07-01T14:59:58.999Z", "until 1 July, 23:59 in Japan"],
  ["Asia/Tokyo", "2026-07-01T15:00:00.000Z", "until 2 July, 00:00 in Japan"],
  ["Asia/Bangkok", "2026-07-01T16:59:59.000Z", "until the end of 1 July in Bangkok"],
  // A konbini slip of a merchant elsewhere still ends in Japan.
  ["Asia/Bangkok", "2026-07-01T14:59:59.000Z", "until the end of 1 July in Japan"],
  ["America/New_York", "2026-07-01T12:00:00.000Z", "until 1 July, 08:00 in New York"],
  ["UTC", "2027-01-01T12:00:00.000Z", "until 1 January 2027, 12:00 in UTC"],
])("says a deadline as people do: %s %s", (timeZone, deadline, sentence) => {
  expect(deadlineSentence(timeZone, deadline, NOW)).toBe(sentence)
})

test("names the year where it is another one there", () => {
  expect(momentSentence("Asia/Tokyo", "2025-12-31T16:00:00.000Z", NOW)).toBe("1 January, 01:00 in Japan")
  expect(momentSentence("UTC", "2025-12-31T16:00:00.000Z", NOW)).toBe("31 December 2025, 16:00 in UTC")
})

test("writes instants of a column on the clocks of the time zone", () => {
  expect(localTime("Asia/Tokyo", "2026-06-02T15:05:09.123Z")).toBe("2026-06-03 00:05:09")
  expect(deadlineCell("Asia/Tokyo", "2026-06-02T14:59:59.000Z")).toBe("end of 2026-06-02")
  expect(deadlineCell("Asia/Tokyo", "2026-06-02T09:00:00.000Z")).toBe("2026-06-02 18:00")
})
