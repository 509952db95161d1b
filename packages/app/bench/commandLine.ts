import type { Scale } from "./Measurement.ts"
import { MEASUREMENTS } from "./measurements/measurements.ts"

export interface CommandLine {
  readonly names: ReadonlyArray<string>
  readonly asserts: boolean
  readonly rounds: number
  readonly scale: Scale
}

export const USAGE = `bench [measurement…] [--assert] [--rounds N] [--scale small|full]

Measures Payfold against a peer and the physical floor, on a PostgreSQL of its own. A full run of all measurements takes twenty minutes or more and is written to
docs/performance.md; one that is named is printed only.

  measurements     ${MEASUREMENTS.map(({ name }) => name).join(", ")}
  --assert         ends with 1 when a must is missed, and tells how far each aim is
  --rounds N       of how many rounds the median is taken; 5 if nothing is said
  --scale small    takes seconds, for work on the benchmark itself; its figures mean nothing`

/** Reads the words of the command; a text is what is wrong with them. */
export function commandLine(words: ReadonlyArray<string>): CommandLine | string {
  const names: Array<string> = []
  let asserts = false
  let rounds: number | undefined
  let scale: Scale = "full"
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ""
    if (word === "--assert") asserts = true
    else if (word === "--rounds") rounds = Number(words[++at])
    else if (word === "--scale") {
      const next = words[++at]
      if (next !== "small" && next !== "full") return "--scale is small or full"
      scale = next
    } else if (MEASUREMENTS.some(({ name }) => name === word)) names.push(word)
    else return `there is no measurement ${word}; there are ${MEASUREMENTS.map(({ name }) => name).join(", ")}`
  }
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) return "--rounds is a whole number from 1"
  return { names, asserts, rounds: rounds ?? (scale === "full" ? 5 : 1), scale }
}
