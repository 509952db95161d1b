import { spawn } from "node:child_process"
import { join } from "node:path"
import { Effect } from "effect"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { catchUp, payments } from "../../src/App.ts"
import { appendFor } from "../appendFor.ts"
import { growLog } from "../growLog.ts"
import type { Bench, Figure, Measurement, Point } from "../Measurement.ts"
import { MERCHANT, openBench, postgresUrl } from "../openBench.ts"
import type { RebuildRun } from "../rebuildAlone.ts"

const LENGTHS = { full: [10_000, 100_000, 1_000_000, 5_000_000], small: [500, 5_000] }
const WRITERS = [1, 4, 16, 64, 256]
const REBUILD = join(import.meta.dirname, "../rebuildAlone.ts")

/**
 * How cost grows: one log is filled step by step; at each length a rebuild in a process of its own, and the append rate; at the last one the append rate by number
 * of writers. The longest log gives the row on its last million events and on memory.
 */
export const growth: Measurement = {
  name: "growth",
  measure: async bench => {
    const url = await migratedDatabase(await bench.postgres(), "growth")
    const ours = await openBench(postgresUrl(url))
    const rebuilds: Array<Point> = []
    const appends: Array<Point> = []
    const byWriters: Array<Point> = []
    const seconds = bench.scale === "full" ? 3 : 0.3
    // Payments that `appendFor` makes: behind those of the filling.
    let next = 100_000_000
    const append = async (writers: number) => {
      const done = await appendFor(ours, writers, seconds, next)
      next = done.next
      return done.rate
    }
    let last: RebuildRun | undefined
    let filled = 0
    try {
      for (const length of LENGTHS[bench.scale]) {
        filled = await growLog(ours, length, filled)
        await ours.run(Effect.asVoid(catchUp(MERCHANT, payments)))
        last = await rebuildAlone(url, bench)
        bench.tell(
          `growth: ${length} events, rebuilt at ${Math.round(last.rate)} events/s, ${last.megabytes} MB at most`,
        )
        rebuilds.push({ at: length, rate: last.rate })
        appends.push({ at: length, rate: await append(256) })
      }
      for (const writers of WRITERS) byWriters.push({ at: writers, rate: await append(writers) })
    } finally {
      await ours.close()
    }
    return {
      figures: last === undefined ? [] : figuresOf(last),
      lines: { "rebuild, events/s": rebuilds, "append, payments/s": appends, "append by writers": byWriters },
    }
  },
}

function figuresOf({ events, firstRate, lastRate, megabytes, part }: RebuildRun): ReadonlyArray<Figure> {
  const what = `rebuild at ${events.toLocaleString("en")} events`
  return [
    {
      work: `${what}: the last ${part.toLocaleString("en")} slower than the first by`,
      value: Math.max(0, 100 * (firstRate / lastRate - 1)),
      unit: "%",
      must: { atMost: 30 },
      aim: { atMost: 15 },
      behind: `first ${Math.round(firstRate)} events/s, last ${Math.round(lastRate)} events/s`,
    },
    {
      work: `${what}: peak memory of our process`,
      value: megabytes,
      unit: "MB",
      must: { atMost: 300 },
      aim: { atMost: 200 },
      behind: "the largest resident set of the process, Node itself included, with the memory settings of the command",
    },
  ]
}

/** Rebuilds in a process that does nothing else, so that its memory is its own. */
function rebuildAlone(url: string, { scale }: Bench): Promise<RebuildRun> {
  const part = scale === "full" ? 1_000_000 : 1_000
  const child = spawn(process.execPath, [REBUILD, url, String(part)], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  let said = ""
  child.stdout.setEncoding("utf8").on("data", text => {
    said += text
  })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", code => {
      if (code === 0) resolve(JSON.parse(said))
      else reject(new Error(`the rebuilding process ended with ${code}`))
    })
  })
}
