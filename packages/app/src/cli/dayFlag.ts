import * as CliError from "effect/cli/CliError"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"

/** A flag that takes a day of the calendar: `2026-11-01`; nothing where it is not given. */
export function dayFlag(name: string, description: string) {
  return Flag.String(name).pipe(
    Flag.withDescription(description),
    Flag.withMetavar("day"),
    Flag.mapEffect(
      Effect.fnUntraced(function* (text) {
        // The calendar is the domain's, loaded for whom a day was given.
        const { isDay } = yield* Effect.promise(() => import("../replay/endOfDay.ts"))
        if (isDay(text)) return text
        const expected = `Expected a day such as 2026-11-01, found ${JSON.stringify(text)}`
        return yield* new CliError.InvalidValue({ option: name, value: text, expected, kind: "flag" })
      }),
    ),
    Flag.optional,
  )
}
