import { Effect } from "effect"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { EventLog } from "../../src/App.ts"
import { alternate, rateOf } from "../alternate.ts"
import { newPayment, paymentId, twoEvents } from "../books.ts"
import { type Measurement, sized } from "../Measurement.ts"
import { type OpenBench, openBench, postgresUrl } from "../openBench.ts"
import { atOnce, bestConcurrency } from "../peer/bestConcurrency.ts"
import { toPeerEvent } from "../peer/emmettEvents.ts"
import { type OpenEmmett, openEmmett } from "../peer/openEmmett.ts"

const WRITERS = 256

/** New payments with two events each, durable: 256 writers at once, against the peer with as many as suit it best. */
export const append: Measurement = {
  name: "append",
  measure: async bench => {
    const server = await bench.postgres()
    const count = sized(bench, 20_000, 300)
    const peerCount = sized(bench, 5_000, 60)
    const ours = await openBench(postgresUrl(await migratedDatabase(server, "append")))
    const emmett = await openEmmett(await server.createDatabase("append_emmett"), 100)
    let next = 0
    const place = (size: number) => {
      next += size
      return next - size
    }
    try {
      await appendPayments(ours, WRITERS, place(count), count)
      const best = await bestConcurrency(writers =>
        rateOf(peerCount, () => appendToEmmett(emmett, writers, place(peerCount), peerCount)),
      )
      bench.tell(`append: Emmett is best with ${best.writers} at once`)
      const found = await alternate(bench.rounds, {
        ours: () => rateOf(count, () => appendPayments(ours, WRITERS, place(count), count)),
        emmett: () => rateOf(peerCount, () => appendToEmmett(emmett, best.writers, place(peerCount), peerCount)),
      })
      return {
        figures: [
          {
            work: "append a new payment with two events, durable, 256 at once, × Emmett `appendToStream`",
            value: found.ours / found.emmett,
            unit: "×",
            must: { atLeast: 6 },
            aim: { atLeast: 10 },
            behind: `${Math.round(found.ours)}/s; Emmett ${Math.round(found.emmett)}/s with ${best.writers} at once`,
          },
        ],
      }
    } finally {
      await ours.close()
      await emmett.close()
    }
  },
}

/** Appends so many new payments, `writers` at once, each waiting for its own commit. */
export function appendPayments(ours: OpenBench, writers: number, from: number, count: number): Promise<void> {
  const indexes = Array.from({ length: count }, (_, index) => from + index)
  return ours.run(
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* Effect.forEach(indexes, index => log.append({ payments: [newPayment(index, twoEvents(index))] }), {
        concurrency: writers,
        discard: true,
      })
    }),
  )
}

function appendToEmmett({ store }: OpenEmmett, writers: number, from: number, count: number): Promise<void> {
  return atOnce(writers, from, count, index =>
    store.appendToStream(paymentId(index), twoEvents(index).map(toPeerEvent), {
      expectedStreamVersion: "STREAM_DOES_NOT_EXIST",
    }),
  )
}
