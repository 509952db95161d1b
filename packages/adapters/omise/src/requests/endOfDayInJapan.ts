import { type Instant, toInstant } from "@payfold/domain"
import { Refusal } from "@payfold/domain/adapter"
import { Result } from "effect"

/**
 * The moment when a day ends in Japan, for “payable until the end of that day”: `2018-07-01` gives 15:00 UTC of that same date, which is midnight
 * after 1 July in Japan. Seed 000 calls it “midnight on July 1st”; say “until the end of 1 July” to people. Japan has no summer time.
 */
export function endOfDayInJapan(date: string): Result.Result<Instant, Refusal> {
  const end = /^\d{4}-\d{2}-\d{2}$/.test(date) ? toInstant(`${date}T15:00:00Z`) : undefined
  return end === undefined
    ? Result.fail(
        new Refusal({
          field: "date",
          rule: "a day of the calendar, as 2018-07-01",
          source: "seed 000: Payment Expiration Date (read 2026-11-20)",
        }),
      )
    : Result.succeed(end)
}
