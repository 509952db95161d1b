import { toInstant } from "@payfold/domain"
import { Result } from "effect"

/** A moment of the log: after so many events, or at an instant. */
export type Moment =
  | { readonly _tag: "Position"; readonly position: number }
  | { readonly _tag: "Instant"; readonly instant: string }

/** Reads a position (`1200`), an instant (`2026-11-01T00:00:00+09:00`) or a day (`2026-11-01`, its beginning in UTC). */
export function momentFromText(text: string): Result.Result<Moment, string> {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) {
    return Result.succeed({ _tag: "Position", position: Number(text) })
  }
  const instant = toInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (instant !== undefined) return Result.succeed({ _tag: "Instant", instant })
  return Result.fail(
    `Expected a position such as 1200 or an instant such as 2026-11-01T00:00:00+09:00, found ${JSON.stringify(text)}`,
  )
}
