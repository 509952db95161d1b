import fc from "fast-check"
import { type Instant, instantFromMilliseconds } from "../../src/Instant.ts"

/** An instant of 2025 and later, one minute apart, for stories told in steps: `minute(0)` is 2025-01-01T00:00:00.000Z. */
export function minute(count: number): Instant {
  const instant = instantFromMilliseconds(Date.UTC(2025, 0, 1) + count * 60_000)
  if (instant === undefined) throw new RangeError(`No instant ${count} minutes after 2025`)
  return instant
}

/** Few enough that reports often agree on one, and often do not. */
export const moments: fc.Arbitrary<Instant> = fc.nat(5).map(minute)
