import { createHmac } from "node:crypto"
import { Effect } from "effect"
import pg from "pg"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { catchUp, Inbox, payments, projectBatch } from "../../src/App.ts"
import { waitingBody } from "../books.ts"
import { type Bench, type Measurement, sized } from "../Measurement.ts"
import { median, percentile } from "../median.ts"
import { MERCHANT, OMISE_SECRET, type OpenBench, openBench, postgresUrl } from "../openBench.ts"
import { quietRounds } from "../quietRounds.ts"
import { type WithHostShare, withHostShare } from "../withHostShare.ts"

const DELIVERIES_PER_SECOND = 1_000
/** What comes in at first meets code that nothing has run before. */
const WARM_UP_SECONDS = 3
/** Deliveries handed in at once, every so many milliseconds. */
const TOGETHER = 5
/** A worker that found nothing looks again after this. */
const IDLE_MS = 2

/**
 * From `receive` having answered 200 to the row in the view being committed, at 1,000 signed webhooks a second for half a minute a round; receiving, draining
 * and projecting `payments` in this one process. All rounds are told, those that do not count too.
 */
export const latency: Measurement = {
  name: "latency",
  measure: async bench => {
    const { all, counted } = await quietRounds(bench.rounds, async round => {
      const measured = await withHostShare(() => latenciesOf(bench, `latency_${round}`))
      // Left behind, it would be vacuumed and written out during the next.
      await (await bench.postgres()).dropDatabases()
      return measured
    })
    const deliveries = all.flatMap(({ found }) => found)
    const lost = deliveries.filter(found => !Number.isFinite(found)).length
    const p50 = median(counted.map(({ found }) => percentile(found, 50)))
    return {
      figures: [
        {
          work: "catch-up: from a committed `receive` to the row in the view at 1,000 deliveries/s, p99",
          value: median(counted.map(p99)),
          unit: "ms",
          must: { atMost: 150 },
          aim: { atMost: 50 },
          behind: `p50 ${Math.round(p50)} ms; rounds, with what the host took: ${all.map(roundText).join(", ")}; ${deliveries.length} deliveries, ${lost} of them not answered in time`,
        },
      ],
    }
  },
}

/** Of the milliseconds of each delivery. */
function p99({ found }: Round): number {
  return percentile(found, 99)
}

function roundText(round: Round): string {
  const share = round.hostPercent === undefined ? "not known" : `${round.hostPercent.toFixed(1)} %`
  return `${Math.round(p99(round))} (${share})`
}

type Round = WithHostShare<ReadonlyArray<number>>

/** Milliseconds of each delivery of one round; without end where it was never shown. */
async function latenciesOf(bench: Bench, name: string): Promise<ReadonlyArray<number>> {
  const perSecond = sized(bench, DELIVERIES_PER_SECOND, 50)
  const warmUp = WARM_UP_SECONDS * perSecond
  const url = await migratedDatabase(await bench.postgres(), name)
  const ours = await openBench(postgresUrl(url))
  try {
    const { received, shown } = await flow(ours, perSecond, warmUp + sized(bench, 30, 1) * perSecond)
    const positions = await positionsOf(url)
    return received.slice(warmUp).map(({ deliveryId, atMs }) => {
      const position = positions.get(deliveryId ?? 0) ?? Number.POSITIVE_INFINITY
      const at = shown.find(one => one.position >= position)
      return at === undefined ? Number.POSITIVE_INFINITY : Math.max(0, at.atMs - atMs)
    })
  } finally {
    await ours.close()
  }
}

/** When a delivery's `receive` had answered, with 200 where it has an id, and when the view had been brought to a position. */
interface Flow {
  readonly received: ReadonlyArray<{ readonly deliveryId: number | undefined; readonly atMs: number }>
  readonly shown: ReadonlyArray<{ readonly position: number; readonly atMs: number }>
}

async function flow(ours: OpenBench, perSecond: number, count: number): Promise<Flow> {
  // Made and signed before: that is the sender's work, whose machine is another.
  const requests = Array.from({ length: count }, (_, index) => signed(waitingBody(index)))
  const received: Array<Flow["received"][number]> = []
  const shown: Array<Flow["shown"][number]> = []
  let isOver = false
  const draining = async () => {
    while (!isOver) {
      const drained = await ours.run(Effect.flatMap(Inbox, inbox => inbox.drain))
      if (drained._tag === "Busy" || drained.deliveries === 0) await pause(IDLE_MS)
    }
  }
  const projecting = async () => {
    while (true) {
      const wasOver = isOver
      const progress = await ours.run(projectBatch(MERCHANT, [payments]))
      if (progress._tag === "Advanced") shown.push({ position: progress.position, atMs: performance.now() })
      else if (wasOver) return
      else await pause(IDLE_MS)
    }
  }
  const sending = async () => {
    const beganMs = performance.now()
    const open = new Set<Promise<void>>()
    for (const [sent, request] of requests.entries()) {
      const dueMs = beganMs + (1000 * TOGETHER * Math.floor(sent / TOGETHER)) / perSecond
      const aheadMs = dueMs - performance.now()
      if (aheadMs > 0) await pause(aheadMs)
      const one = receiveOne(ours, request).then(deliveryId => {
        received.push({ deliveryId, atMs: performance.now() })
        open.delete(one)
      })
      open.add(one)
    }
    await Promise.all(open)
  }
  // The view's tables are made when it is first projected.
  await ours.run(Effect.asVoid(catchUp(MERCHANT, payments)))
  const workers = [draining(), projecting()]
  await sending()
  await ours.run(Effect.flatMap(Inbox, inbox => inbox.drain))
  isOver = true
  await Promise.all(workers)
  return { received, shown }
}

/** Its id once it is kept. A webhook that is not answered in time is never shown, and so is slower than any. */
async function receiveOne(ours: OpenBench, request: ReturnType<typeof signed>): Promise<number | undefined> {
  const answer = await ours.run(Effect.flatMap(Inbox, inbox => inbox.receive("omise", request)))
  return answer.status === 200 ? answer.deliveryId : undefined
}

/** A body with the headers that Omise sends. */
export function signed(body: Uint8Array) {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac("sha256", Buffer.from(OMISE_SECRET, "base64")).update(`${timestamp}.`).update(body)
  return { body, headers: { "omise-signature-timestamp": timestamp, "omise-signature": signature.digest("hex") } }
}

/** The last position that each delivery taught. */
async function positionsOf(url: string): Promise<ReadonlyMap<number, number>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ delivery_id: string; position: string }>(
    "select delivery_id, max(position) as position from payfold.event where delivery_id is not null group by delivery_id",
  )
  await client.end()
  return new Map(rows.map(row => [Number(row.delivery_id), Number(row.position)]))
}

function pause(ms: number): Promise<void> {
  return new Promise(done => setTimeout(done, Math.ceil(ms)))
}
