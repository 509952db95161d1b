import pg from "pg"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { appendFor } from "../appendFor.ts"
import { type Measurement, sized } from "../Measurement.ts"
import { openBench, postgresUrl } from "../openBench.ts"

const WRITERS = 256

/** Appends while somebody else keeps one snapshot open: a report, a dump, a forgotten console. The counter's old versions cannot be removed then. */
export const snapshot: Measurement = {
  name: "snapshot",
  measure: async bench => {
    const seconds = sized(bench, 60, 2)
    const url = await migratedDatabase(await bench.postgres(), "snapshot")
    const ours = await openBench(postgresUrl(url))
    const reader = new pg.Client({ connectionString: url })
    await reader.connect()
    try {
      const before = await appendFor(ours, WRITERS, seconds / 3, 0)
      await reader.query("begin isolation level repeatable read")
      await reader.query("select count(*) from payfold.log_head")
      const during = await appendFor(ours, WRITERS, seconds, before.next)
      await reader.query("rollback")
      const after = await appendFor(ours, WRITERS, seconds / 3, during.next)
      const undisturbed = (before.rate + after.rate) / 2
      return {
        figures: [
          {
            work: `append rate while one snapshot stays open for ${seconds} s, share of the undisturbed rate`,
            value: (100 * during.rate) / undisturbed,
            unit: "%",
            aim: { atLeast: 50 },
            behind: `${Math.round(during.rate)}/s; undisturbed ${Math.round(before.rate)}/s before and ${Math.round(after.rate)}/s after`,
          },
        ],
      }
    } finally {
      await reader.end()
      await ours.close()
    }
  },
}
