import { readFileSync } from "node:fs"

/** Time of all processors since they started, and how much of it a virtual machine's host gave to others; in one unit of the kernel's. */
export interface ProcessorTimes {
  readonly all: number
  readonly stolen: number
}

/** What was found, and how much of the processors' time the host took meanwhile, in per cent; `undefined` where the system does not say. */
export interface WithHostShare<A> {
  readonly found: A
  readonly hostPercent: number | undefined
}

export async function withHostShare<A>(run: () => Promise<A>): Promise<WithHostShare<A>> {
  const before = processorTimes()
  const found = await run()
  return { found, hostPercent: hostShare(before, processorTimes()) }
}

/**
 * `undefined` where the system does not say.
 *
 * Source: proc_stat(5), "cpu": the eighth number is "steal"; guests' time stands in the first two already (read 2026-11-22).
 */
export function processorTimes(): ProcessorTimes | undefined {
  if (process.platform !== "linux") return undefined
  const [, ...times] = readFileSync("/proc/stat", "utf8").split("\n", 1).join("").split(/\s+/).map(Number)
  return { all: times.slice(0, 8).reduce((sum, time) => sum + time, 0), stolen: times[7] ?? 0 }
}

/** How much of the processors' time the host took between two moments, in per cent. */
export function hostShare(before: ProcessorTimes | undefined, after: ProcessorTimes | undefined): number | undefined {
  if (before === undefined || after === undefined || after.all === before.all) return undefined
  return (100 * (after.stolen - before.stolen)) / (after.all - before.all)
}
