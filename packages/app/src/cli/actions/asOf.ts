import { Effect, Result } from "effect"
import { positionAsOf } from "../../log/positionAsOf.ts"
import { readHead } from "../../log/readHead.ts"
import { Database } from "../../postgres/Database.ts"
import { endOfDay, isDay } from "../../replay/endOfDay.ts"
import { type Moment, momentFromText } from "../../replay/Moment.ts"
import { WrongUsage } from "../Exit.ts"
import { merchantNamed } from "../merchantNamed.ts"

/** A moment as an operator names it; a day is taken whole, to its end in the merchant's time zone, as books are closed. */
export type AsOf = Moment | { readonly _tag: "Day"; readonly day: string }

/** Reads a position (`1200`), an instant (`2026-11-01T18:00:00+09:00`) or a day (`2026-11-01`); else says what was expected. */
export function asOfFromText(text: string): Result.Result<AsOf, string> {
  if (isDay(text)) return Result.succeed({ _tag: "Day", day: text })
  return Result.mapError(
    momentFromText(text),
    () =>
      `--as-of takes a position such as 1200, a day such as 2026-11-01 or an instant such as 2026-11-01T18:00:00+09:00, found ${JSON.stringify(text)}`,
  )
}

/** The position of the log at a moment, and the moment in words. No moment is now. */
export const positionOf = Effect.fnUntraced(function* (merchant: string, asOf: AsOf | undefined) {
  const database = yield* Database
  const { timeZone } = yield* merchantNamed(merchant)
  const { position: head } = yield* readHead(database, merchant)
  if (asOf === undefined) return { position: head, words: `now, position ${head}` }
  if (asOf._tag === "Position") {
    if (asOf.position <= head) return { position: asOf.position, words: `position ${asOf.position} of ${head}` }
    return yield* new WrongUsage({ message: `Position ${asOf.position} is not there yet: the log ends at ${head}` })
  }
  const [instant, words] =
    asOf._tag === "Day"
      ? [endOfDay(asOf.day, timeZone), `the end of ${asOf.day} in ${timeZone}`]
      : [asOf.instant, asOf.instant]
  const position = yield* positionAsOf(database, merchant, instant)
  return { position, words: `${words}, position ${position} of ${head}` }
})
