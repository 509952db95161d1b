import { Effect, Exit, Fiber } from "effect"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { holesRefused, oneFact } from "../../testing/laws/racingLaws.ts"
import { separateLogs } from "../../testing/laws/withLogs.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "./events.ts"

describeEachEngine("concurrent appends", ({ test }) => {
  test("let exactly one of 64 racers win", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const logs = yield* separateLogs((yield* EventLog).merchant, 4)
      const racers = Array.from({ length: 64 }, (_, index) => index)
      const exits = yield* Effect.forEach(
        racers,
        index =>
          Effect.exit((logs[index % 4] ?? log).append({ payments: [payment("p", "NoStream", event(`${index}`))] })),
        { concurrency: "unbounded" },
      )
      const winners = exits.flatMap((exit, index) => (Exit.isSuccess(exit) ? [index] : []))
      expect(winners).toHaveLength(1)
      expect((yield* log.readPayment("p")).map(one => one.data)).toEqual([event(`${winners[0]}`).data])
      const losers = yield* Effect.forEach(exits.filter(Exit.isFailure), Effect.flip)
      expect(new Set(losers.map(refusal => refusal._tag))).toEqual(new Set(["VersionConflict"]))
    }).pipe(Effect.scoped))

  test("record each acknowledged event exactly once, on gapless positions, in a sound chain", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const logs = yield* separateLogs((yield* EventLog).merchant, 4)
      const appended = yield* Effect.forEach(
        Array.from({ length: 400 }, (_, index) => index),
        index => {
          const events = Array.from({ length: 1 + (index % 3) }, (_, part) => event(`${index}.${part}`))
          const own = payment(`p${index}`, "NoStream", ...events)
          const payments = index % 5 === 0 ? [own, payment("shared", "Any", event(`${index}.shared`))] : [own]
          return Effect.map((logs[index % 4] ?? log).append({ payments }), positions => ({ positions, payments }))
        },
        { concurrency: "unbounded" },
      )
      const stored = yield* log.readLog(0, { events: 10_000 })
      expect(stored.map(one => one.position)).toEqual(stored.map((_, index) => index + 1))
      for (const { positions, payments } of appended) {
        const there = stored.slice((positions?.firstPosition ?? 0) - 1, positions?.lastPosition)
        expect(there.map(one => one.data)).toEqual(payments.flatMap(one => one.events.map(({ data }) => data)))
      }
      expect(stored).toHaveLength(appended.flatMap(({ payments }) => payments.flatMap(one => one.events)).length)
      const sound = yield* log.verify()
      expect(sound).toMatchObject({ _tag: "LogSound", events: stored.length, payments: 401 })
      // They travelled together: far fewer statements than appends.
      expect(sound).toSatisfy((found: { links: number }) => found.links < 200)
    }).pipe(Effect.scoped))

  test("show every reader a prefix of the log", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const logs = yield* separateLogs((yield* EventLog).merchant, 3)
      const total = 300
      const follow = Effect.gen(function* () {
        const seen: Array<string> = []
        while (seen.length < total) {
          const batch = yield* log.readLog(seen.length, { events: 7 })
          expect(batch.map(one => one.position)).toEqual(batch.map((_, index) => seen.length + index + 1))
          seen.push(...batch.map(one => one.data))
          yield* Effect.yieldNow
        }
        return seen
      })
      const readers = yield* Effect.forEach([1, 2], () => Effect.forkChild(follow))
      yield* Effect.forEach(
        Array.from({ length: total }, (_, index) => index),
        index => (logs[index % 3] ?? log).append({ payments: [payment(`p${index % 40}`, "Any", event(`${index}`))] }),
        { concurrency: 24 },
      )
      const whole = (yield* log.readLog(0, { events: total + 1 })).map(one => one.data)
      expect(whole).toHaveLength(total)
      for (const reader of readers) expect(yield* Fiber.join(reader)).toEqual(whole)
    }).pipe(Effect.scoped))

  test("do not fail a neighbour: only the one in conflict is refused", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* log.append({ payments: [payment("taken", "NoStream", event("a"))], key: "taken" })
      const exits = yield* Effect.forEach(
        [
          { payments: [payment("p", "NoStream", event("b"))] },
          { payments: [payment("taken", "NoStream", event("c"))] },
          { payments: [payment("q", 4, event("d"))] },
          { payments: [payment("r", "NoStream", event("e"))], key: "taken" },
          { payments: [payment("s", "NoStream", event("f", { type: "" }))] },
          { payments: [payment("t", "NoStream", event("g"))] },
        ],
        request => Effect.exit(log.append(request)),
        { concurrency: "unbounded" },
      )
      const tags = exits
        .map(exit => Exit.findErrorOption(exit))
        .map(error => (error._tag === "Some" ? error.value._tag : "ok"))
      expect(tags).toEqual(["ok", "VersionConflict", "VersionConflict", "AppendKeyReused", "DatabaseFailure", "ok"])
      expect((yield* log.head).position).toBe(3)
    }))

  test("make one fact of 64 identical ones", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      expect(yield* oneFact(yield* separateLogs(merchant, 4), 1)).toEqual([])
    }).pipe(Effect.scoped))

  test("refuse holes: a version ahead, a log that does not exist, a batch that loses one conflict", () =>
    Effect.gen(function* () {
      const [nobody] = yield* separateLogs("nobody", 1)
      expect(yield* holesRefused(yield* EventLog, nobody)).toEqual([])
    }).pipe(Effect.scoped))
})
