import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "./events.ts"
import { underTestClock } from "./underTestClock.ts"

describeEachEngine("reading the log", ({ test }) => {
  test("gives what comes after a position, in order, bounded by count and by bytes", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const data = JSON.stringify("é".repeat(49))
      const events = Array.from({ length: 10 }, (_, index) => event(`${index}`, { data }))
      yield* log.append({ payments: [payment("p", "NoStream", ...events)] })
      const positions = (after: number, size?: { events?: number; bytes?: number }) =>
        Effect.map(log.readLog(after, size), batch => batch.map(one => one.position))
      expect(yield* positions(0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(yield* positions(7)).toEqual([8, 9, 10])
      expect(yield* positions(10)).toEqual([])
      expect(yield* positions(3, { events: 2 })).toEqual([4, 5])
      // 100 bytes each: a batch takes another event while it is below its bound, and never none.
      expect(yield* positions(0, { bytes: 1 })).toEqual([1])
      expect(yield* positions(0, { bytes: 200 })).toEqual([1, 2])
      expect(yield* positions(0, { bytes: 201 })).toEqual([1, 2, 3])
    }))

  test("finds the last position recorded by an instant", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 0, 0, second)).toISOString()
      expect(yield* log.positionAsOf(at(59))).toBe(0)
      for (const second of [10, 10, 20, 30]) {
        yield* TestClock.setTime(Date.parse(at(second)))
        yield* log.append({ payments: [payment("p", "Any", event("a"), event("b"))] })
      }
      expect(yield* Effect.forEach([9, 10, 19, 20, 29, 30, 59], second => log.positionAsOf(at(second)))).toEqual([
        0, 4, 4, 6, 6, 8, 8,
      ])
    }).pipe(underTestClock))

  test("never lets recorded instants run backwards, whatever the clock does", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      for (const second of [30, 10, 40]) {
        yield* TestClock.setTime(Date.UTC(2026, 10, 20, 0, 0, second))
        yield* log.append({ payments: [payment("p", "Any", event("a"))] })
      }
      expect((yield* log.readPayment("p")).map(one => one.recordedAt)).toEqual([
        "2026-11-20T00:00:30.000Z",
        "2026-11-20T00:00:30.000Z",
        "2026-11-20T00:00:40.000Z",
      ])
      expect(yield* log.verify()).toMatchObject({ _tag: "LogSound", events: 3 })
    }).pipe(underTestClock))
})
