import { Effect, Layer } from "effect"
import { EventLog } from "../src/log/EventLog.ts"
import { listMerchants, type Merchant } from "../src/merchant/Merchant.ts"
import { Database } from "../src/postgres/Database.ts"
import { migrate } from "../src/postgres/Migrate.ts"
import { buildTable } from "../src/projection/BuildTables.ts"
import { SHIPPED_PROJECTIONS } from "../src/projection/Projections.ts"
import { ProjectorLimits } from "../src/projection/ProjectorLimits.ts"
import { payments } from "../src/projection/payments.ts"
import { catchUpAll } from "../src/projection/project.ts"
import { rebuild } from "../src/replay/rebuild.ts"
import { withScratchBuild } from "../src/replay/scratchBuild.ts"
import type { Chance } from "../testing/laws/Chance.ts"
import { addMerchant, plainDatabase } from "../testing/laws/withLogs.ts"
import type { PostgresServer } from "../testing/PostgresServer.ts"
import { foldedViews } from "../testing/views/foldedViews.ts"
import { dumpOf, type Tables, viewDump } from "../testing/views/viewDump.ts"
import { drawBooks, recordSteps, toSteps } from "../testing/views/writeBooks.ts"
import type { Found, Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

/** Some 3.7 events a payment: 10^5 events, and 10^4 for batches of one. */
const PAYMENTS = Number(process.env["PAYFOLD_VIEW_PAYMENTS"] ?? 27_000)
const MOMENTS = 20
const WRITERS = 32

type OnEngine = <A, E>(effect: Effect.Effect<A, E, Database>) => Promise<A>

/** Rebuild equivalence on both engines. */
export const views: Law = async (server, chance) => {
  const postgres = plainDatabase(await migratedDatabase(server, "views"), 8)
  const onPostgres: OnEngine = effect => Effect.runPromise(effect.pipe(Effect.provide(postgres)))
  const memory = Layer.provideMerge(Layer.effectDiscard(migrate()), Database.layer({ _tag: "Memory" }))
  return [
    await onPostgres(equivalence("PostgreSQL", chance)),
    await Effect.runPromise(equivalence("PGlite", chance).pipe(Effect.provide(memory))),
  ]
}

/** A rebuild of what 32 writers wrote at once. */
export const writers: Law = async (server, chance) => [await concurrentWriters(server, chance)]

const inBatchesOf = (events: number) =>
  Effect.provideService(ProjectorLimits, { events, bytes: 4 * 1024 * 1024, frozenAfterMs: 15_000 })

const equivalence = Effect.fnUntraced(function* (engine: string, chance: Chance) {
  const large = yield* ofBooks(`${engine}-large`, PAYMENTS, [7, 1_000], chance)
  const small = yield* ofBooks(`${engine}-small`, Math.ceil(PAYMENTS / 10), [1], chance)
  return {
    what: `live = rebuilt = fold on ${engine}, as of ${MOMENTS} positions`,
    violations: [...large.violations, ...small.violations],
    events: large.events + small.events,
    eventsPerSecond: large.eventsPerSecond,
  } satisfies Found
})

const ofBooks = (name: string, count: number, batches: ReadonlyArray<number>, chance: Chance) =>
  Effect.gen(function* () {
    yield* addMerchant(name)
    return yield* compareAll(name, count, batches, chance).pipe(Effect.provide(EventLog.layer(name)))
  })

const compareAll = Effect.fnUntraced(function* (
  name: string,
  count: number,
  batches: ReadonlyArray<number>,
  chance: Chance,
) {
  const violations: Array<string> = []
  const same = (what: string, found: string, expected: string) => {
    if (found !== expected) violations.push(`${name}: ${what} differs from the fold`)
  }
  const steps = toSteps(drawBooks(count, chance.seed), chance)
  const projected = Math.floor(steps.length / 3)
  for (let done = 0; done < steps.length; done += projected) {
    yield* recordSteps(steps.slice(done, done + projected), 100)
    yield* catchUpAll(name)
  }
  const own = yield* merchantNamed(name)
  const log = yield* EventLog
  const { position: head } = yield* log.head
  const expected = dumpOf(yield* foldedViews(own))
  same("the live view", yield* viewDump(name, SHIPPED_PROJECTIONS), expected)
  let eventsPerSecond = 0
  for (const events of batches) {
    for (const projection of SHIPPED_PROJECTIONS) {
      const startedMs = performance.now()
      const rebuilt = yield* inBatchesOf(events)(rebuild(projection))
      const rate = Math.round((1000 * rebuilt.events) / (performance.now() - startedMs))
      if (projection.name === "payments") eventsPerSecond = Math.max(eventsPerSecond, rate)
    }
    same(`the view rebuilt in batches of ${events}`, yield* viewDump(name, SHIPPED_PROJECTIONS), expected)
  }
  for (let moment = 0; moment < (batches.includes(1) ? MOMENTS : 0); moment++) {
    const position = chance.below(head + 1)
    const found = yield* asOf(name, position)
    same(`the view as of ${position}`, found, dumpOf(onlyPayments(yield* foldedViews(own, position))))
  }
  return { violations, events: head, eventsPerSecond }
})

const asOf = (name: string, position: number) =>
  withScratchBuild(name, payments, position, build => viewDump(name, [payments], table => buildTable(table, build)))

function onlyPayments(tables: Tables): Tables {
  return { payments: tables["payments"] ?? [] }
}

const merchantNamed = Effect.fnUntraced(function* (name: string) {
  const found = (yield* listMerchants()).find(({ merchant }) => merchant === name)
  return found ?? (yield* Effect.die(new Error(`no merchant ${name}`)))
})

const concurrentWriters = async (server: PostgresServer, chance: Chance): Promise<Found> => {
  const name = "writers"
  const database = plainDatabase(await migratedDatabase(server, "writers"), 40)
  // One book in nine is empty: some 20,000 payments are left.
  const books = drawBooks(Math.ceil(PAYMENTS * 0.85), chance.seed + 1)
  const writing = Effect.forEach(
    Array.from({ length: WRITERS }, (_, writer) => books.filter((_book, index) => index % WRITERS === writer)),
    // Each with a group commit of its own, as processes have.
    own => recordSteps(toSteps(own, chance), 5).pipe(Effect.provide(Layer.fresh(EventLog.layer(name)))),
    { concurrency: WRITERS },
  )
  const law = Effect.gen(function* () {
    yield* addMerchant(name)
    const rebuilding = inBatchesOf(100)(rebuild(payments))
    yield* Effect.all([writing, Effect.repeat(catchUpAll(name), { times: 5 }), rebuilding], { concurrency: 3 })
    yield* inBatchesOf(100)(rebuild(payments))
    const own: Merchant = yield* merchantNamed(name)
    const folded = yield* foldedViews(own).pipe(Effect.provide(EventLog.layer(name)))
    const expected = dumpOf(onlyPayments(folded)).split("\n")
    const found = new Set((yield* viewDump(name, [payments])).split("\n"))
    const wrong = expected.filter(line => !found.has(line)).length
    const missing = expected.length - Math.min(expected.length, found.size)
    return { missing, stale: wrong - missing, rows: expected.length }
  })
  const { missing, stale, rows } = await Effect.runPromise(law.pipe(Effect.provide(database)))
  const violations = missing + stale === 0 ? [] : [`${missing} missing, ${stale} stale`]
  return { what: `${WRITERS} writers, then rebuilt in batches of 100`, violations, payments: rows, missing, stale }
}
