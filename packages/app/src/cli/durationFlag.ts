import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"

const UNITS_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** A century: beyond it no instant can be trusted to exist. */
const MAXIMUM_MS = 36_525 * 86_400_000

/** A length of time as people type it, in milliseconds: `30m`, `24h`, `3d`, `2w`. `undefined` for anything else. */
export function durationFromText(text: string): number | undefined {
  const match = /^(\d+)([mhdw])$/.exec(text)
  const milliseconds = Number(match?.[1]) * (UNITS_MS[match?.[2] ?? ""] ?? Number.NaN)
  return milliseconds <= MAXIMUM_MS ? milliseconds : undefined
}

/** A flag that takes a length of time; nothing where it is not given. */
export function durationFlag(name: string, description: string) {
  return Flag.String(name).pipe(
    Flag.withDescription(description),
    Flag.withMetavar("time"),
    Flag.filterMap(
      text => Option.fromUndefinedOr(durationFromText(text)),
      text => `Expected a time such as 30m, 24h, 3d or 2w, found ${JSON.stringify(text)}`,
    ),
    Flag.optional,
  )
}
