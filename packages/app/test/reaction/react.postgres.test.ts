import { Effect, Exit } from "effect"
import { TestClock } from "effect/testing"
import { expect } from "vitest"
import { ingest } from "../../src/inbox/ingest.ts"
import { retranslate } from "../../src/inbox/retranslate.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { ProjectorLimits } from "../../src/projection/ProjectorLimits.ts"
import { payments } from "../../src/projection/payments.ts"
import { beginReaction } from "../../src/reaction/collectTransitions.ts"
import { listParked, retryParked } from "../../src/reaction/parkedReactions.ts"
import { type Reaction, ReactionLimits, Reactions, type Transition } from "../../src/reaction/Reaction.ts"
import { react } from "../../src/reaction/react.ts"
import { rebuild } from "../../src/replay/rebuild.ts"
import { body, KONBINI, konbiniPaid, konbiniWaits, univapayWaits } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

/** A reaction that writes down what it was run for, and fails as often as it is told. */
const listening = (failures = 0) => {
  const seen: Array<Transition> = []
  let left = failures
  const reaction: Reaction = {
    name: "listening",
    wants: () => true,
    run: transition => {
      seen.push(transition)
      left -= 1
      return left >= 0 ? Effect.fail(new Error("the shop is closed")) : Effect.void
    },
  }
  return { seen, reaction }
}

const using = (reaction: Reaction) => Effect.provideService(Reactions, [reaction])
const LIMITS = { attempts: 3, timeoutMs: 5_000, retryDelayMs: 1_000, maximumRetryDelayMs: 60_000, concurrency: 4 }
const steps = (seen: ReadonlyArray<Transition>) => seen.map(({ from, to }) => `${from} → ${to}`)

const begun = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  yield* beginReaction(merchant, "listening")
  return merchant
})

describeEachEngine("reactions", ({ test }) => {
  test("run once for what one delivery changes, however many events it taught", () =>
    Effect.gen(function* () {
      const merchant = yield* begun
      const { seen, reaction } = listening()
      yield* ingest(merchant, "omise", [body(konbiniPaid)])
      // A batch of one event cuts the delivery's decision in three.
      const oneByOne = Effect.provideService(ProjectorLimits, { events: 1, bytes: 1, frozenAfterMs: 15_000 })
      expect(yield* react(merchant).pipe(using(reaction), oneByOne)).toEqual({ done: 1, failed: 0, parked: 0 })
      expect(seen).toMatchObject([{ payment: KONBINI, from: "none", to: "paid", position: 3 }])
      yield* ingest(merchant, "omise", [body(konbiniWaits), body(konbiniPaid)])
      expect(yield* react(merchant).pipe(using(reaction))).toEqual({ done: 0, failed: 0, parked: 0 })
    }))

  test("run in the order of a payment, one after the other", () =>
    Effect.gen(function* () {
      const merchant = yield* begun
      const { seen, reaction } = listening()
      yield* ingest(merchant, "omise", [body(konbiniWaits), body(konbiniPaid)])
      yield* ingest(merchant, "univapay", [body(univapayWaits)])
      yield* Effect.all([react(merchant), react(merchant), react(merchant)], { concurrency: 3 }).pipe(using(reaction))
      expect(steps(seen.filter(({ payment }) => payment === KONBINI))).toEqual(["none → awaiting", "awaiting → paid"])
      expect(seen).toHaveLength(3)
      expect(new Set(seen.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3)
    }))

  test("are tried again with the same key, later each time, then parked until somebody retries them", () =>
    Effect.gen(function* () {
      const merchant = yield* begun
      const { seen, reaction } = listening(3)
      yield* ingest(merchant, "omise", [body(konbiniWaits), body(konbiniPaid)])
      const round = react(merchant).pipe(using(reaction), Effect.provideService(ReactionLimits, LIMITS))
      expect(yield* round).toEqual({ done: 0, failed: 1, parked: 0 })
      yield* TestClock.adjust("999 millis")
      expect(yield* round).toEqual({ done: 0, failed: 0, parked: 0 })
      yield* TestClock.adjust("1 millis")
      expect(yield* round).toEqual({ done: 0, failed: 1, parked: 0 })
      yield* TestClock.adjust("1999 millis")
      expect(yield* round).toEqual({ done: 0, failed: 0, parked: 0 })
      yield* TestClock.adjust("1 millis")
      expect(yield* round).toEqual({ done: 0, failed: 0, parked: 1 })
      yield* TestClock.adjust("1 day")
      expect(yield* round).toEqual({ done: 0, failed: 0, parked: 0 })
      expect(yield* listParked(merchant)).toMatchObject([
        { reaction: "listening", attempts: 3, lastError: "the shop is closed", transition: { to: "awaiting" } },
      ])
      expect((yield* Effect.flip(rebuild(payments))).message).toContain("1 reactions are parked")
      expect(yield* retryParked(merchant, KONBINI)).toBe(1)
      expect(yield* round).toEqual({ done: 2, failed: 0, parked: 0 })
      expect(steps(seen)).toEqual([...Array(4).fill("none → awaiting"), "awaiting → paid"])
      expect(new Set(seen.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2)
    }).pipe(Effect.provide(TestClock.layer())))

  test("that die are failures like any other", () =>
    Effect.gen(function* () {
      const merchant = yield* begun
      const dying: Reaction = { name: "listening", wants: () => true, run: () => Effect.die(new Error("a bug")) }
      yield* ingest(merchant, "omise", [body(konbiniWaits)])
      const exit = yield* Effect.exit(react(merchant).pipe(using(dying)))
      expect(exit).toEqual(Exit.succeed({ done: 0, failed: 1, parked: 0 }))
    }))

  test("never run for what was before they began, for a rebuild, or for a retranslation", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const { seen, reaction } = listening()
      yield* ingest(merchant, "omise", [body(konbiniWaits)])
      yield* react(merchant).pipe(using(reaction))
      yield* rebuild(payments)
      yield* retranslate(merchant, "record")
      yield* react(merchant).pipe(using(reaction))
      expect(seen).toEqual([])
    }))
})
