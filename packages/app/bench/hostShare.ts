import { readFileSync } from "node:fs"

/** Time of all processors since they started, and how much of it a virtual machine's host gave to others; in one unit of the kernel's. */
export interface ProcessorTimes {
  readonly all: number
  readonly stolen: number
}

/** `undefined` where the system does not say. Source: proc_stat(5), "cpu": the eighth number is "steal"; guests' time stands in the first two already. */
export function processorTimes(): ProcessorTimes | undefined {
  if (process.platform !== "linux") return undefined
  const [, ...times] = readFileSync("/proc/stat", "utf8").split("\n", 1).join("").split(/\s+/).map(Number)
  return { all: times.slice(0, 8).reduce((sum, time) => sum + time, 0), stolen: times[7] ?? 0 }
}

/** How much of the processors the host took since then, for people: what it takes is missing in every figure. */
export function takenByHost(before: ProcessorTimes | undefined): string {
  const now = processorTimes()
  if (before === undefined || now === undefined || now.all === before.all) return ""
  const share = (100 * (now.stolen - before.stolen)) / (now.all - before.all)
  return `, ${share.toFixed(1)} % of the processors' time taken by the host`
}
