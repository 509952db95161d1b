import { Effect } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "./events.ts"

describeEachEngine("append", ({ test }) => {
  test("records the events of a new payment from version 1 and position 1", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const first = event("a", { deliveryId: 7, correlation: "order-1", adapterVersion: 3 })
      const appended = yield* log.append({ payments: [payment("p", "NoStream", first, event("b"))] })
      expect(appended).toEqual({ firstPosition: 1, lastPosition: 2 })
      const stored = yield* log.readPayment("p")
      expect(stored).toMatchObject([
        { ...first, payment: "p", position: 1, version: 1 },
        { ...event("b"), payment: "p", position: 2, version: 2 },
      ])
      expect(stored[0]?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(yield* log.head).toMatchObject({ position: 2, recordedAt: stored[1]?.recordedAt })
    }))

  test("records at the version that stands", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* log.append({ payments: [payment("p", "NoStream", event("a"), event("b"))] })
      yield* log.append({ payments: [payment("p", 2, event("c"))] })
      yield* log.append({ payments: [payment("p", "Any", event("d"))] })
      yield* log.append({ payments: [payment("q", "Any", event("e"))] })
      expect((yield* log.readPayment("p")).map(one => one.version)).toEqual([1, 2, 3, 4])
      expect((yield* log.readPayment("q")).map(one => one.version)).toEqual([1])
    }))

  test("refuses a version that is taken and writes nothing", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* log.append({ payments: [payment("p", "NoStream", event("a"))] })
      const head = yield* log.head
      const refusal = yield* Effect.flip(log.append({ payments: [payment("p", "NoStream", event("b"))] }))
      expect(refusal).toMatchObject({ _tag: "VersionConflict", payment: "p", expected: 0, actual: 1 })
      expect(yield* log.head).toEqual(head)
    }))

  test("refuses a hole: an expected version nobody wrote", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const head = yield* log.head
      const unwritten = yield* Effect.flip(log.append({ payments: [payment("p", 1, event("a"))] }))
      expect(unwritten).toMatchObject({ _tag: "VersionConflict", expected: 1, actual: 0 })
      yield* log.append({ payments: [payment("p", 0, event("a"))] })
      const ahead = yield* Effect.flip(log.append({ payments: [payment("p", 3, event("b"))] }))
      expect(ahead).toMatchObject({ _tag: "VersionConflict", expected: 3, actual: 1 })
      expect((yield* log.head).position).toBe(head.position + 1)
    }))

  test("records several payments together, in the order given, or none of them", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* log.append({ payments: [payment("q", "NoStream", event("a"))] })
      const half = { payments: [payment("p", "NoStream", event("b")), payment("q", "NoStream", event("c"))] }
      expect(yield* Effect.flip(log.append(half))).toMatchObject({ _tag: "VersionConflict", payment: "q" })
      expect(yield* log.readPayment("p")).toEqual([])
      yield* log.append({ payments: [payment("p", "NoStream", event("b")), payment("q", 1, event("c"), event("d"))] })
      const stored = yield* log.readLog(0)
      expect(stored.map(one => [one.payment, one.version])).toEqual([
        ["q", 1],
        ["p", 1],
        ["q", 2],
        ["q", 3],
      ])
    }))

  test("touches nothing for an append without events and takes no key for it", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const head = yield* log.head
      expect(yield* log.append({ payments: [], key: "k" })).toBeNull()
      expect(yield* log.append({ payments: [payment("p", 5)], key: "k" })).toBeNull()
      expect(yield* log.head).toEqual(head)
      expect(yield* log.append({ payments: [payment("p", "NoStream", event("a"))], key: "k" })).not.toBeNull()
    }))

  test("answers the same key and request as the first time, and refuses the key for another", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const request = { payments: [payment("p", "Any", event("a"))], key: "k" }
      const first = yield* log.append(request)
      yield* log.append({ payments: [payment("p", 1, event("b"))] })
      expect(yield* log.append(request)).toEqual(first)
      const other = yield* Effect.flip(log.append({ ...request, payments: [payment("p", "Any", event("c"))] }))
      expect(other).toMatchObject({ _tag: "AppendKeyReused", key: "k" })
      expect(yield* log.readPayment("p")).toHaveLength(2)
    }))

  test("answers as done what already stands byte for byte at the versions asked for", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const request = { payments: [payment("p", "NoStream", event("a"), event("b")), payment("q", 0, event("c"))] }
      const first = yield* log.append(request)
      yield* log.append({ payments: [payment("p", 2, event("d"))] })
      expect(yield* log.append(request)).toEqual(first)
      const other = { payments: [payment("p", "NoStream", event("a"), event("b", { correlation: "x" }))] }
      expect(yield* Effect.flip(log.append(other))).toMatchObject({ _tag: "VersionConflict", actual: 3 })
      expect((yield* log.head).position).toBe(4)
    }))

  test("refuses an unknown merchant", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const append = log.append({ payments: [payment("p", "NoStream", event("a"))] })
      expect(yield* Effect.flip(append)).toMatchObject({ _tag: "UnknownMerchant", merchant: "nobody" })
      expect(yield* Effect.flip(log.head)).toMatchObject({ _tag: "UnknownMerchant" })
      expect(yield* Effect.flip(log.positionAsOf("2026-11-20T00:00:00Z"))).toMatchObject({ _tag: "UnknownMerchant" })
    }).pipe(Effect.provide(EventLog.layer("nobody"))))

  test("refuses text PostgreSQL cannot keep, and more than one statement may hold", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      for (const data of ['"\u0000"', '"\ud800"']) {
        const refusal = yield* Effect.flip(log.append({ payments: [payment("p", 0, event("a", { data }))] }))
        expect(refusal).toMatchObject({ _tag: "UnstorableText", payment: "p", field: "data" })
      }
      const many = Array.from({ length: 10_001 }, () => event("a"))
      expect(yield* Effect.flip(log.append({ payments: [payment("p", 0, ...many)] }))).toMatchObject({
        _tag: "AppendTooLarge",
        events: 10_001,
      })
      expect((yield* log.head).position).toBe(0)
    }))

  test("reads back every byte of what was appended", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const data = '{"b": 1, "a":"𠮷野家\\u0000\\n","a":2 }'
      yield* log.append({ payments: [payment("店:\"'{,}\\", "NoStream", event("a", { data, correlation: "" }))] })
      expect(yield* log.readPayment("店:\"'{,}\\")).toMatchObject([{ data, correlation: "" }])
      expect(yield* log.verify()).toMatchObject({ _tag: "LogSound", events: 1 })
    }))

  for (const change of ["update payfold.event set data = ''", "delete from payfold.event", "truncate payfold.event"]) {
    test(`refuses ${change.split(" ")[0]} on the events, also where ordinary triggers are off`, () =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const database = yield* Database
        yield* log.append({ payments: [payment("p", "NoStream", event("a"))] })
        const refusal = yield* Effect.flip(database.query("change", db => sql.raw(change).execute(db)))
        expect(refusal).toMatchObject({ _tag: "DatabaseFailure", sqlState: "23001", retryable: false })
        const asReplica = Effect.gen(function* () {
          const transaction = yield* Transaction
          yield* transaction.query("replica", db => sql.raw("set local session_replication_role = replica").execute(db))
          yield* transaction.query("change", db => sql.raw(change).execute(db))
        })
        expect(yield* Effect.flip(database.transaction(asReplica))).toMatchObject({ sqlState: "23001" })
        expect(yield* log.readPayment("p")).toHaveLength(1)
      }))
  }
})
