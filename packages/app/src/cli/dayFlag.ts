import { Option } from "effect"
import * as Flag from "effect/cli/Flag"
import { isDay } from "../replay/endOfDay.ts"

/** A flag that takes a day of the calendar: `2026-11-01`; nothing where it is not given. */
export function dayFlag(name: string, description: string) {
  return Flag.String(name).pipe(
    Flag.withDescription(description),
    Flag.withMetavar("day"),
    Flag.filterMap(
      text => (isDay(text) ? Option.some(text) : Option.none()),
      text => `Expected a day such as 2026-11-01, found ${JSON.stringify(text)}`,
    ),
    Flag.optional,
  )
}
