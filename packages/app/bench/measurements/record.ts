import { evolve, type PaymentState, UNKNOWN_PAYMENT } from "@payfold/domain"
import { Effect } from "effect"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { drain, EventLog, keepDelivery } from "../../src/App.ts"
import { alternate, rateOf } from "../alternate.ts"
import { newPayment, paidBody, paymentId, waitingEvents, wholeLife } from "../books.ts"
import { type Measurement, sized } from "../Measurement.ts"
import { MERCHANT, type OpenBench, openBench, postgresUrl } from "../openBench.ts"
import { atOnce, bestConcurrency } from "../peer/bestConcurrency.ts"
import { type PeerEvent, toPeerEvent } from "../peer/emmettEvents.ts"
import { type OpenEmmett, openEmmett } from "../peer/openEmmett.ts"

/**
 * Deliveries on existing payments, from the inbox into the log: claimed, translated, read, decided, marked, appended, all of it, against the peer's reading,
 * folding (by our `evolve`) and appending, which neither keeps nor translates a delivery.
 */
export const record: Measurement = {
  name: "record",
  measure: async bench => {
    const server = await bench.postgres()
    const count = sized(bench, 20_000, 200)
    const peerCount = sized(bench, 4_000, 60)
    const ours = await openBench(postgresUrl(await migratedDatabase(server, "record")))
    const emmett = await openEmmett(await server.createDatabase("record_emmett"), 100)
    let next = 0
    const place = (size: number) => {
      // Of whole lives the even ones are konbini payments; here every payment is one.
      next += size * 2
      return next - size * 2
    }
    const drainOnce = async () => {
      await keepPaid(ours, place(count), count)
      return rateOf(count, () => ours.run(drain(MERCHANT)))
    }
    const emmettAt = async (writers: number) => {
      const from = place(peerCount)
      await atOnce(32, from, peerCount, index => open(emmett, index))
      return rateOf(peerCount, () => atOnce(writers, from, peerCount, index => recordAtEmmett(emmett, index)))
    }
    try {
      await drainOnce()
      const best = await bestConcurrency(emmettAt)
      bench.tell(`record: Emmett is best with ${best.writers} at once`)
      const found = await alternate(bench.rounds, { ours: drainOnce, emmett: () => emmettAt(best.writers) })
      return {
        figures: [
          {
            work: "record a delivery on an existing payment, × Emmett `aggregateStream` + `appendToStream`",
            value: found.ours / found.emmett,
            unit: "×",
            must: { atLeast: 5 },
            aim: { atLeast: 8 },
            behind: `${Math.round(found.ours)}/s, claiming and translating included; Emmett ${Math.round(found.emmett)}/s with ${best.writers} at once, without either`,
          },
        ],
      }
    } finally {
      await ours.close()
      await emmett.close()
    }
  },
}

/** Payments that wait for their payer, and in the inbox, of each, the delivery that it was paid. */
export function keepPaid(ours: OpenBench, from: number, count: number): Promise<void> {
  const indexes = Array.from({ length: count }, (_, index) => from + index)
  return ours.run(
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* Effect.forEach(indexes, index => log.append({ payments: [newPayment(index, waitingEvents(index))] }), {
        concurrency: 256,
        discard: true,
      })
      yield* Effect.forEach(
        indexes,
        index => keepDelivery(MERCHANT, { provider: "omise", body: paidBody(index), headers: {}, verdict: "operator" }),
        { concurrency: 32, discard: true },
      )
    }),
  )
}

function open({ store }: OpenEmmett, index: number): Promise<unknown> {
  return store.appendToStream(paymentId(index), waitingEvents(index).map(toPeerEvent))
}

async function recordAtEmmett({ store }: OpenEmmett, index: number): Promise<void> {
  const { currentStreamVersion } = await store.aggregateStream<PaymentState, PeerEvent>(paymentId(index), {
    evolve: (state: PaymentState, { data }: PeerEvent) => evolve(state, data.event),
    initialState: () => UNKNOWN_PAYMENT,
  })
  const paid = wholeLife(0).slice(-1).map(toPeerEvent)
  await store.appendToStream(paymentId(index), paid, { expectedStreamVersion: currentStreamVersion })
}
