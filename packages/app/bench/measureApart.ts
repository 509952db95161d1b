import { fork } from "node:child_process"
import { join } from "node:path"
import type { Bench, Measured } from "./Measurement.ts"

/** What a measurement in a process of its own is told. */
export interface Alone extends Pick<Bench, "scale" | "rounds"> {
  readonly name: string
}

const MEASURE_ALONE = join(import.meta.dirname, "measureAlone.ts")

/**
 * Makes a measurement in a process and on a PostgreSQL of its own, as it would be alone: what the ones before left in memory, of code compiled for other work or of
 * rows to be vacuumed made a rebuild a tenth slower.
 */
export function measureApart(alone: Alone): Promise<Measured> {
  // Figures may be infinite or not be numbers, which JSON has no word for.
  const child = fork(MEASURE_ALONE, { serialization: "advanced" })
  return new Promise((resolve, reject) => {
    let measured: Measured | undefined
    child.once("error", reject)
    child.once("message", (message: Measured) => {
      measured = message
    })
    child.once("exit", (code, signal) => {
      if (measured === undefined) reject(new Error(`the measurement ${alone.name} ended with ${signal ?? code}`))
      else resolve(measured)
    })
    child.send(alone)
  })
}
