import { Socket } from "node:net"
import { Effect, Fiber, Layer, Redacted, Stream } from "effect"
import pg from "pg"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { defaultDatabaseLimits } from "../../src/postgres/DatabaseLimits.ts"
import { Chance } from "./Chance.ts"
import type { RacingStore } from "./RacingStore.ts"

export interface PrefixOptions {
  /** Of a migrated database in which `merchant` has its rows. */
  readonly url: string
  readonly merchant: string
  readonly connections: number
  readonly appends: number
  readonly seed: number
}

/** What was tried and what was found; no violations, and the law held. */
export interface PrefixFound {
  readonly seed: number
  readonly events: number
  readonly acknowledged: number
  readonly rolledBack: number
  readonly killed: number
  /** Killed while the COMMIT was under way: it may stand or not, but whole. */
  readonly unknown: number
  readonly looks: number
  readonly violations: ReadonlyArray<"prefix" | "gap" | "lost" | "twice" | "phantom" | "torn">
}

/**
 * *Prefix*: at all times a reader has seen a prefix of the final order.
 *
 * Every connection appends again and again in a transaction of its own, waits up to 5 ms and then commits; one in ten is rolled back, one
 * in a hundred loses its connection, half of those while the COMMIT is under way. Four readers tail the log as the product does, two
 * asking for what comes after their last position and two subscribed. What a reader has seen only grows: so it was a prefix at all times
 * exactly when it is one at the end.
 */
export const prefixLaw = async (store: RacingStore, options: PrefixOptions): Promise<PrefixFound> => {
  const aside = new pg.Pool({ connectionString: options.url, max: 8 })
  try {
    await store.prepare(aside, options.merchant)
    const running: Running = { looks: 0, finished: false }
    const readers = Effect.runPromise(Effect.provide(readAll(running), logOf(options)))
    const ledger = await writeAll(store, options, aside)
    running.finished = true
    const seen = await readers
    const { rows } = await aside.query<{ at: string; append: string }>(
      `select position as at, data::json->>'append' as append from payfold.event where merchant = $1 order by position`,
      [options.merchant],
    )
    return {
      seed: options.seed,
      events: rows.length,
      acknowledged: ledger.acknowledged.size,
      rolledBack: ledger.rolledBack.size,
      killed: ledger.killed,
      unknown: ledger.unknown.size,
      looks: running.looks,
      violations: violationsIn(
        rows.map(row => ({ position: Number(row.at), append: row.append })),
        seen,
        ledger,
      ),
    }
  } finally {
    await aside.end()
  }
}

interface Running {
  looks: number
  finished: boolean
}

/** What was promised of each append, with the number of its events. */
interface Ledger {
  readonly acknowledged: Map<string, number>
  readonly rolledBack: Map<string, number>
  readonly unknown: Map<string, number>
  killed: number
}

const violationsIn = (
  final: ReadonlyArray<{ readonly position: number; readonly append: string }>,
  seen: ReadonlyArray<ReadonlyArray<number>>,
  { acknowledged, rolledBack, unknown }: Ledger,
): PrefixFound["violations"] => {
  const counts = new Map<string, number>()
  for (const { append } of final) counts.set(append, (counts.get(append) ?? 0) + 1)
  const some = (map: ReadonlyMap<string, number>, holds: (found: number, expected: number) => boolean) =>
    [...map].some(([append, expected]) => holds(counts.get(append) ?? 0, expected))
  const found: ReadonlyArray<readonly [PrefixFound["violations"][number], boolean]> = [
    ["prefix", seen.some(one => final.some(({ position }, index) => one[index] !== position))],
    ["gap", final.some(({ position }, index) => position !== index + 1)],
    ["lost", some(acknowledged, (count, expected) => count < expected)],
    ["twice", some(acknowledged, (count, expected) => count > expected)],
    ["phantom", some(rolledBack, count => count > 0)],
    ["torn", some(unknown, (count, expected) => count !== 0 && count !== expected)],
  ]
  return found.flatMap(([name, isBroken]) => (isBroken ? [name] : []))
}

const writeAll = async (store: RacingStore, options: PrefixOptions, aside: pg.Pool): Promise<Ledger> => {
  const ledger: Ledger = { acknowledged: new Map(), rolledBack: new Map(), unknown: new Map(), killed: 0 }
  const chance = new Chance(options.seed)
  let next = 0
  const write = async () => {
    let line = await openLine(options.url)
    while (next < options.appends) {
      const append = `${next++}`
      const events = Array.from({ length: 1 + chance.below(9) }, (_, index) => eventOf(append, index + 1))
      const delayMs = chance.fraction() * 5
      const fate = chance.fraction()
      await line.client.query("begin")
      await store.append(line.client, aside, options.merchant, events)
      await new Promise(done => setTimeout(done, delayMs))
      if (fate < 0.1) {
        await line.client.query("rollback")
        ledger.rolledBack.set(append, events.length)
      } else if (fate < 0.11) {
        ledger.killed += 1
        if (fate < 0.105) ledger.rolledBack.set(append, events.length)
        else {
          ledger.unknown.set(append, events.length)
          line.client.query("commit").catch(() => undefined)
        }
        line.socket.destroy()
        line = await openLine(options.url)
      } else {
        await line.client.query("commit")
        ledger.acknowledged.set(append, events.length)
      }
    }
    await line.client.end()
  }
  await Promise.all(Array.from({ length: options.connections }, write))
  return ledger
}

const eventOf = (append: string, version: number) => ({
  payment: `omise:${append}`,
  version,
  type: "PaymentCreated",
  schemaVersion: 1,
  adapter: "omise",
  adapterVersion: 1,
  deliveryId: null,
  correlation: null,
  data: JSON.stringify({ append, version }),
})

/** The positions each reader saw, in the order it saw them. */
const readAll = Effect.fnUntraced(function* (running: Running) {
  const log = yield* EventLog
  const asking = Effect.gen(function* () {
    const seen: Array<number> = []
    while (true) {
      const wasFinished = running.finished
      const batch = yield* log.readLog(seen.at(-1) ?? 0)
      running.looks += 1
      seen.push(...batch.map(one => one.position))
      if (wasFinished && batch.length === 0) return seen
    }
  })
  const asked = [yield* Effect.forkChild(asking), yield* Effect.forkChild(asking)]
  const subscribed = [1, 2].map(() => [] as Array<number>)
  const tails = yield* Effect.forEach(subscribed, seen =>
    log.subscribe(0, { pollMs: 2 }).pipe(
      Stream.runForEach(one => Effect.sync(() => void seen.push(one.position))),
      Effect.forkChild,
    ),
  )
  const seen = yield* Effect.forEach(asked, Fiber.join)
  const last = Math.max(0, ...seen.map(one => one.at(-1) ?? 0))
  yield* Effect.sleep("2 millis").pipe(Effect.repeat({ while: () => subscribed.some(one => (one.at(-1) ?? 0) < last) }))
  yield* Effect.forEach(tails, Fiber.interrupt)
  return [...seen, ...subscribed]
})

const logOf = ({ url, merchant }: PrefixOptions) =>
  EventLog.layer(merchant).pipe(
    Layer.provide(
      Database.layer({ _tag: "Postgres", url: Redacted.make(url) }, { ...defaultDatabaseLimits, connections: 4 }),
    ),
  )

interface Line {
  readonly client: pg.Client
  readonly socket: Socket
}

/** A connection whose line can be cut at any moment. */
const openLine = async (url: string): Promise<Line> => {
  const socket = new Socket()
  const client = new pg.Client({ connectionString: url, stream: () => socket })
  client.on("error", () => undefined)
  await client.connect()
  return { client, socket }
}
