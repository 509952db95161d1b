import { randomUUID } from "node:crypto"
import { Deferred, Effect, Exit, Fiber } from "effect"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { ensureBuilds } from "../../src/projection/builds.ts"
import type { Projection } from "../../src/projection/Projection.ts"
import { Projections } from "../../src/projection/Projections.ts"
import { ProjectorLimits } from "../../src/projection/ProjectorLimits.ts"
import { catchUp, projectBatch } from "../../src/projection/project.ts"
import { verifyViews } from "../../src/replay/verifyViews.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { statusBoard } from "../../testing/views/statusBoard.ts"
import { drawBooks, recordSteps, toSteps } from "../../testing/views/writeBooks.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const recordBooks = recordSteps(toSteps(drawBooks(20, 1), new Chance(1)), 20)
const board = () => statusBoard(`board_${randomUUID().replaceAll("-", "")}`, 1)

describeEachEngine("projectors", ({ engine, test }) => {
  test("that come together share the work, and no change is applied twice", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* recordBooks
      const first = board()
      const seen: Array<string> = []
      const counting: Projection = {
        ...first,
        apply: batch =>
          Effect.tap(first.apply(batch), () =>
            Effect.sync(() => void seen.push(...batch.changes.map(({ payment, version }) => `${payment} ${version}`))),
          ),
      }
      const small = Effect.provideService(ProjectorLimits, { events: 5, bytes: 1_000_000, frozenAfterMs: 15_000 })
      const until = Effect.repeat(catchUp(merchant, counting), { until: ({ _tag }) => _tag === "CaughtUp" })
      yield* small(Effect.all([until, until, until], { concurrency: 3 }))
      expect(new Set(seen).size).toBe(seen.length)
      expect(yield* Effect.provideService(verifyViews(merchant), Projections, [first])).toMatchObject({
        difference: undefined,
      })
    }))

  // PGlite is one process with one connection: a frozen one takes everything with it.
  if (engine === "pglite") return

  test("that freeze inside a transaction are replaced, and their late commit fails", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* recordBooks
      const first = board()
      yield* ensureBuilds(merchant, [first])
      const frozen = yield* Deferred.make<void>()
      const thawed = yield* Deferred.make<void>()
      const freezing: Projection = {
        ...first,
        apply: Effect.fnUntraced(function* (batch) {
          yield* first.apply(batch)
          yield* Deferred.succeed(frozen, undefined)
          yield* Deferred.await(thawed)
        }),
      }
      const quick = Effect.provideService(ProjectorLimits, { events: 1_000, bytes: 4_000_000, frozenAfterMs: 200 })
      const fiber = yield* Effect.forkChild(quick(projectBatch(merchant, [freezing])))
      yield* Deferred.await(frozen)
      expect(yield* catchUp(merchant, first)).toMatchObject({ _tag: "Busy" })
      yield* Effect.repeat(catchUp(merchant, first), { until: ({ _tag }) => _tag === "CaughtUp" })
      yield* Deferred.succeed(thawed, undefined)
      expect(Exit.isFailure(yield* Fiber.await(fiber))).toBe(true)
      expect(yield* Effect.provideService(verifyViews(merchant), Projections, [first])).toMatchObject({
        difference: undefined,
        unverified: [],
      })
    }))
})
