import { Effect } from "effect"
import pg from "pg"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { Inbox } from "../../src/App.ts"
import { waitingBody } from "../books.ts"
import { type Measurement, sized } from "../Measurement.ts"
import { percentile } from "../median.ts"
import { openBench, postgresUrl } from "../openBench.ts"
import { signed } from "./latency.ts"

/** One webhook at a time with nothing else to do: verified, kept and drained, against one INSERT that is durable; in turns. */
export const idle: Measurement = {
  name: "idle",
  measure: async bench => {
    const count = sized(bench, 400, 20) * bench.rounds
    const url = await migratedDatabase(await bench.postgres(), "idle")
    const ours = await openBench(postgresUrl(url))
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query("create table bench_insert (id bigint primary key, body bytea not null)")
    const whole: Array<number> = []
    const insert: Array<number> = []
    try {
      for (let index = 0; index < count; index++) {
        const body = waitingBody(index)
        const request = signed(body)
        whole.push(
          await millisecondsOf(() =>
            ours.run(Effect.flatMap(Inbox, inbox => Effect.andThen(inbox.receive("omise", request), inbox.drain))),
          ),
        )
        insert.push(await millisecondsOf(() => client.query("insert into bench_insert values ($1, $2)", [index, body])))
      }
    } finally {
      await client.end()
      await ours.close()
    }
    // A service runs for days: the first fifth, which meets code that nothing has run before, counts for nothing.
    const [ours50, insert50] = [whole, insert].map(found => percentile(found.slice(count / 5), 50))
    if (ours50 === undefined || insert50 === undefined) throw new Error("nothing was measured")
    return {
      figures: [
        {
          work: "one delivery, idle, received to recorded, × one durable INSERT round trip, p50",
          value: ours50 / insert50,
          unit: "×",
          must: { atMost: 8 },
          aim: { atMost: 3 },
          behind: `${ours50.toFixed(2)} ms, verifying and keeping included; INSERT ${insert50.toFixed(2)} ms`,
        },
      ],
    }
  },
}

async function millisecondsOf(run: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now()
  await run()
  return performance.now() - beganMs
}
