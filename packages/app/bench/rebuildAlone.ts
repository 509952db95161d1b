import { payments, rebuild } from "../src/App.ts"
import { keepMemorySmall } from "../src/cli/memoryFlags.ts"
import { openBench, postgresUrl } from "./openBench.ts"

/** What a rebuild in a process of its own tells, as JSON. Rates are events a second. */
export interface RebuildRun {
  readonly events: number
  readonly rate: number
  /** Events of the first and of the last part that are compared. */
  readonly part: number
  readonly firstRate: number
  readonly lastRate: number
  readonly megabytes: number
}

// `node rebuildAlone.ts <url> <events of a part>`
const [, , url = "", part = "1000000"] = process.argv
// As the command does before it opens a database.
keepMemorySmall()
const ours = await openBench(postgresUrl(url))
const beganMs = performance.now()
const steps: Array<{ readonly events: number; readonly atMs: number }> = []
const { events } = await ours.run(
  rebuild(payments, { onProgress: progress => steps.push({ events: progress.events, atMs: performance.now() }) }),
)
const run: RebuildRun = {
  events,
  rate: (events * 1000) / (performance.now() - beganMs),
  part: Math.min(Number(part), events),
  firstRate: rateBetween(0, Number(part)),
  lastRate: rateBetween(events - Number(part), events),
  // In kilobytes, whatever the system.
  megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
}
await ours.close()
console.log(JSON.stringify(run))

/** From the first step behind one number of events to the first that reached another. */
function rateBetween(from: number, to: number): number {
  const begin = steps.find(step => step.events >= from)
  const end = steps.find(step => step.events >= to) ?? steps.at(-1)
  if (begin === undefined || end === undefined || begin === end) return events
  return ((end.events - begin.events) * 1000) / (end.atMs - begin.atMs)
}
