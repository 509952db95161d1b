import { Deferred, Effect, Fiber, Queue, Stream } from "effect"
import { sql } from "kysely"
import { describe, expect, inject, test as vitestTest } from "vitest"
import { EventLog, type StoredEvent } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { OuterHandleInTransaction } from "../../src/postgres/OuterHandleInTransaction.ts"
import { addMerchant, createDatabase, describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "./events.ts"

/** Nobody polls that seldom in earnest: what arrives arrived by a wake-up. */
const NEVER_MS = 3_600_000

const appendOne = (name: string) =>
  Effect.flatMap(EventLog, log => log.append({ payments: [payment("p", "Any", event(name))] }))

/** Collects what a subscription gives and says when it holds a number of events. */
const collect = Effect.fnUntraced(function* (count: number, after = 0, pollMs = NEVER_MS) {
  const log = yield* EventLog
  const first = yield* Deferred.make<void>()
  const fiber = yield* log.subscribe(after, { pollMs }).pipe(
    Stream.tap(() => Deferred.succeed(first, undefined)),
    Stream.take(count),
    Stream.runCollect,
    Effect.forkChild,
  )
  return { fiber, first: Deferred.await(first) }
})

const namesOf = (events: ReadonlyArray<StoredEvent>) => events.map(one => JSON.parse(one.data).is)

describeEachEngine("a subscription", ({ engine, test }) => {
  test("gives what stands after a position, and then each event as it is committed", () =>
    Effect.gen(function* () {
      yield* appendOne("a")
      yield* appendOne("b")
      const all = yield* collect(4)
      const later = yield* collect(2, 2)
      yield* all.first
      yield* appendOne("c")
      yield* later.first
      yield* appendOne("d")
      expect(namesOf(yield* Fiber.join(all.fiber))).toEqual(["a", "b", "c", "d"])
      expect(namesOf(yield* Fiber.join(later.fiber))).toEqual(["c", "d"])
    }))

  test("hears of an append in a transaction once that is committed, and of none that was undone", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const log = yield* EventLog
      yield* appendOne("a")
      const { fiber, first } = yield* collect(2)
      yield* first
      const request = (name: string) => log.appendInTransaction({ payments: [payment("p", "Any", event(name))] })
      yield* Effect.exit(database.transaction(Effect.andThen(request("undone"), Effect.fail("no"))))
      yield* database.transaction(request("b"))
      expect(namesOf(yield* Fiber.join(fiber))).toEqual(["a", "b"])
    }))

  test("finds what no wake-up told of, by looking again", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const log = yield* EventLog
      yield* appendOne("a")
      const { fiber, first } = yield* collect(2, 0, 5)
      yield* first
      // As somebody else's tool would: the product's row, without the product's wake-up.
      yield* database.query("append silently", db =>
        sql`with head as (update payfold.log_head set head = 2 where merchant = ${log.merchant} returning recorded_at)
          insert into payfold.event select merchant, 2, payment_id, 2, type, schema_version, adapter, adapter_version,
            delivery_id, correlation, '{"is":"b"}', head.recorded_at, null
          from payfold.event, head where merchant = ${log.merchant}`.execute(db),
      )
      expect(namesOf(yield* Fiber.join(fiber))).toEqual(["a", "b"])
    }))

  test("reads in batches, as fast as its consumer and no faster, and ends when it is interrupted", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const events = Array.from({ length: 1_203 }, (_, index) => event(`${index}`))
      yield* log.append({ payments: [payment("p", 0, ...events)] })
      const chunks: Array<number> = []
      yield* log.subscribe(0, { batch: { events: 400 } }).pipe(
        Stream.chunks,
        Stream.tap(chunk => Effect.sync(() => void chunks.push(chunk.length))),
        Stream.flattenIterable,
        Stream.take(1_203),
        Stream.runDrain,
      )
      expect(chunks).toEqual([400, 400, 400, 3])
      const endless = yield* Effect.forkChild(Stream.runDrain(log.subscribe(1_203, { pollMs: NEVER_MS })))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(endless)
    }))

  test("refuses an unknown merchant, and is a defect inside a transaction", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const nobody = Effect.flatMap(EventLog, log => Effect.flip(Stream.runDrain(log.subscribe(0))))
      expect(yield* nobody.pipe(Effect.provide(EventLog.layer("nobody")))).toMatchObject({ _tag: "UnknownMerchant" })
      const log = yield* EventLog
      const inside = database.transaction(Stream.runDrain(log.subscribe(0)))
      const defect = yield* Effect.catchDefect(inside, found => Effect.succeed(found))
      expect(defect).toBeInstanceOf(OuterHandleInTransaction)
      expect(engine).toMatch(/pglite|postgres/)
    }))
})

/** PGlite has no other process that could append. */
describe("a subscription, when another process appends", () => {
  vitestTest(
    "is woken by it, also after its own connection was cut, and holds no snapshot while it waits",
    async () => {
      const url = await createDatabase(inject("postgresTemplate"))
      const elsewhere = (name: string) =>
        appendOne(name).pipe(
          Effect.provide(EventLog.layer("m")),
          Effect.provide(Database.layer(url)),
          // A process of its own has nothing of ours, the transaction least of all.
          Effect.runPromise,
        )
      const program = Effect.gen(function* () {
        yield* addMerchant("m")
        yield* Effect.promise(() => elsewhere("a"))
        const database = yield* Database
        const log = yield* EventLog
        const seen = yield* Queue.unbounded<string>()
        yield* log.subscribe(0, { pollMs: NEVER_MS }).pipe(
          Stream.runForEach(one => Queue.offerAll(seen, namesOf([one]))),
          Effect.forkChild,
        )
        expect(yield* Queue.take(seen)).toBe("a")
        yield* Effect.promise(() => elsewhere("b"))
        expect(yield* Queue.take(seen)).toBe("b")
        const cut = yield* database.query("cut the listener", db =>
          sql`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'payfold wake-ups' and datname = current_database()`.execute(db),
        )
        expect(cut.rows.length).toBeGreaterThan(0)
        const held = yield* database.query("look for snapshots", db =>
          sql`select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and (backend_xmin is not null or state like 'idle in transaction%')`.execute(db),
        )
        expect(held.rows).toEqual([])
        yield* Effect.promise(() => elsewhere("c"))
        expect(yield* Queue.take(seen)).toBe("c")
      })
      await Effect.runPromise(program.pipe(Effect.provide(EventLog.layer("m")), Effect.provide(Database.layer(url))))
    },
  )
})
