import { Effect } from "effect"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { catchUp, payments, rebuild as rebuildView } from "../../src/App.ts"
import { alternate, rateOf } from "../alternate.ts"
import { paymentId, paymentsOfEvents, wholeLife } from "../books.ts"
import { copyFloor } from "../copyFloor.ts"
import { growLog } from "../growLog.ts"
import { type Bench, type Figure, type Measurement, sized } from "../Measurement.ts"
import { MERCHANT, openBench, postgresUrl } from "../openBench.ts"
import { atOnce } from "../peer/bestConcurrency.ts"
import { toPeerEvent } from "../peer/emmettEvents.ts"
import { rebuildAtEmmett } from "../peer/emmettViews.ts"
import { openEmmett } from "../peer/openEmmett.ts"

/** Rounds of the peer, which needs half a minute for each. */
const PEER_ROUNDS = 3

/**
 * The whole of `rebuild`: building beside the live view, comparing the two row by row and moving the view. Against the peer's two kinds of projection at 20,000
 * events, where it is at its best, and against COPY.
 */
export const rebuild: Measurement = {
  name: "rebuild",
  measure: async bench => {
    const events = sized(bench, 1_000_000, 5_000)
    const server = await bench.postgres()
    const url = await migratedDatabase(server, "rebuild")
    const ours = await openBench(postgresUrl(url))
    try {
      await growLog(ours, events)
      await ours.run(Effect.asVoid(catchUp(MERCHANT, payments)))
      const peer = await peerLog(bench)
      const rebuildOnce = () => rateOf(events, () => ours.run(rebuildView(payments)))
      const floorOnce = async () => events / (await copyFloor(url, "payments"))
      await rebuildOnce()
      const turns = { ours: rebuildOnce, floor: floorOnce }
      const early = await alternate(Math.max(1, bench.rounds - PEER_ROUNDS), turns)
      const found = await alternate(Math.min(PEER_ROUNDS, bench.rounds), {
        ...turns,
        raw: () => rateOf(peer.events, () => rebuildAtEmmett(peer.url, "raw", peer.batchSize)),
        document: () => rateOf(peer.events, () => rebuildAtEmmett(peer.url, "document", peer.batchSize)),
      })
      bench.tell(`rebuild: the first rounds ${Math.round(early.ours)}/s, COPY ${Math.round(early.floor)}/s`)
      return { figures: figuresOf(events, peer.events, found) }
    } finally {
      await ours.close()
    }
  },
}

interface Rates {
  readonly ours: number
  readonly floor: number
  readonly raw: number
  readonly document: number
}

function figuresOf(events: number, peerEvents: number, { ours, floor, raw, document }: Rates): ReadonlyArray<Figure> {
  const what = `rebuild \`payments\` from ${events.toLocaleString("en")} events`
  const rate = `${Math.round(ours)} events/s`
  const peer = (found: number) => `${rate}; Emmett ${Math.round(found)} events/s at ${peerEvents.toLocaleString("en")}`
  return [
    {
      work: `${what}, × Emmett's raw batch projection`,
      value: ours / raw,
      unit: "×",
      must: { atLeast: 15 },
      aim: { atLeast: 25 },
      behind: peer(raw),
    },
    {
      work: `${what}, × Emmett's document projection`,
      value: ours / document,
      unit: "×",
      must: { atLeast: 60 },
      aim: { atLeast: 100 },
      behind: peer(document),
    },
    {
      work: `the same, time × COPY the events out and the rows in`,
      value: floor / ours,
      unit: "×",
      must: { atMost: 4 },
      aim: { atMost: 2 },
      behind: `${rate}; COPY ${Math.round(floor)} events/s`,
    },
  ]
}

/** A log of the peer's with the same payments, and the batch size that suits it best. */
async function peerLog(bench: Bench) {
  const server = await bench.postgres()
  const url = await server.createDatabase("rebuild_emmett")
  const count = paymentsOfEvents(sized(bench, 20_000, 500))
  const emmett = await openEmmett(url, 32)
  await atOnce(32, 0, count, index => emmett.store.appendToStream(paymentId(index), wholeLife(index).map(toPeerEvent)))
  await emmett.close()
  const events = (count * 5) / 2
  let best = { batchSize: 100, rate: 0 }
  for (const batchSize of [100, 1_000]) {
    const rate = await rateOf(events, () => rebuildAtEmmett(url, "raw", batchSize))
    if (rate > best.rate) best = { batchSize, rate }
  }
  bench.tell(`rebuild: Emmett is best with batches of ${best.batchSize}`)
  return { url, events, batchSize: best.batchSize }
}
