import { runsFromEnvironment } from "@payfold/domain/testing"
import { Effect } from "effect"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { listMerchants } from "../../src/merchant/Merchant.ts"
import { Database } from "../../src/postgres/Database.ts"
import { buildTable } from "../../src/projection/BuildTables.ts"
import { SHIPPED_PROJECTIONS } from "../../src/projection/Projections.ts"
import { ProjectorLimits } from "../../src/projection/ProjectorLimits.ts"
import { catchUp, catchUpAll } from "../../src/projection/project.ts"
import { rebuild } from "../../src/replay/rebuild.ts"
import { withScratchBuild } from "../../src/replay/scratchBuild.ts"
import { verifyViews } from "../../src/replay/verifyViews.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { BROKEN_PROJECTIONS } from "../../testing/views/brokenProjections.ts"
import { foldedViews } from "../../testing/views/foldedViews.ts"
import { dumpOf, viewDump } from "../../testing/views/viewDump.ts"
import { drawBooks, oneByOne, recordSteps, toSteps } from "../../testing/views/writeBooks.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const { seed } = runsFromEnvironment()
const PAYMENTS = 35
const TWENTY = { events: 20, bytes: 1_000_000, frozenAfterMs: 15_000 }

const inBatchesOf = (events: number) => Effect.provideService(ProjectorLimits, { ...TWENTY, events })

const ownMerchant = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  const found = (yield* listMerchants()).find(one => one.merchant === merchant)
  return found ?? (yield* Effect.die(new Error("the case's merchant is missing")))
})

/** Records books from the seed and projects now and then, in small batches. */
const liveBooks = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  const chance = new Chance(seed)
  const steps = toSteps(drawBooks(PAYMENTS, seed), chance)
  for (let done = 0; done < steps.length; ) {
    const next = done + 1 + chance.below(60)
    yield* recordSteps(steps.slice(done, next), 10)
    yield* inBatchesOf(1 + chance.below(40))(catchUpAll(merchant))
    done = next
  }
})

const liveDump = Effect.flatMap(EventLog, ({ merchant }) => viewDump(merchant, SHIPPED_PROJECTIONS))
const foldDump = Effect.map(
  Effect.flatMap(ownMerchant, merchant => foldedViews(merchant)),
  dumpOf,
)

describeEachEngine(`the views (seed ${seed})`, ({ test }) => {
  test("equal the fold of the log, live as rebuilt in batches of 7 and of 1000", () =>
    Effect.gen(function* () {
      yield* liveBooks
      const folded = yield* foldDump
      expect(yield* liveDump).toBe(folded)
      for (const events of [7, 1_000]) {
        for (const projection of SHIPPED_PROJECTIONS) {
          const { differences } = yield* inBatchesOf(events)(rebuild(projection))
          expect(differences).toEqual({ onlyBefore: 0, onlyAfter: 0, changed: 0 })
        }
        expect(yield* liveDump).toBe(folded)
      }
    }))

  test("equal the fold after a rebuild during which others write and project", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const steps = toSteps(drawBooks(PAYMENTS, seed + 1), new Chance(seed))
      yield* recordSteps(steps.slice(0, 30), 10)
      const writing = recordSteps(steps.slice(30), 3)
      const projecting = Effect.forEach([1, 2, 3], () => catchUpAll(merchant))
      const rebuilding = Effect.forEach(SHIPPED_PROJECTIONS, projection => inBatchesOf(7)(rebuild(projection)))
      yield* Effect.all([writing, projecting, rebuilding], { concurrency: "unbounded" })
      yield* catchUpAll(merchant)
      expect(yield* liveDump).toBe(yield* foldDump)
      expect(yield* verifyViews(merchant)).toMatchObject({ difference: undefined, unverified: [] })
    }))

  test("as of any position are the fold of the log up to there", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const own = yield* ownMerchant
      yield* recordSteps(toSteps(drawBooks(PAYMENTS, seed), new Chance(seed)), 10)
      const log = yield* EventLog
      const { position: head } = yield* log.head
      const chance = new Chance(seed)
      for (const position of [0, 1, chance.below(head), chance.below(head), head]) {
        const folded = yield* foldedViews(own, position)
        for (const projection of SHIPPED_PROJECTIONS) {
          const dump = yield* inBatchesOf(7)(
            withScratchBuild(merchant, projection, position, build =>
              viewDump(merchant, [projection], table => buildTable(table, build)),
            ),
          )
          const expected = Object.entries(folded).filter(([table]) =>
            projection.tables.some(({ name }) => name === table),
          )
          expect(dump).toBe(dumpOf(Object.fromEntries(expected)))
        }
      }
    }))

  for (const { mistake, projection } of BROKEN_PROJECTIONS) {
    test(`are found out when ${mistake}`, () =>
      Effect.gen(function* () {
        const { merchant } = yield* EventLog
        const database = yield* Database
        // No chance in it: a mistake might go unseen.
        const steps = oneByOne(drawBooks(10, 1))
        for (let done = 0; done < steps.length; done += 5) {
          yield* recordSteps(steps.slice(done, done + 5), 10)
          yield* inBatchesOf(5)(catchUp(merchant, projection))
        }
        const folded = yield* Effect.flatMap(ownMerchant, own => foldedViews(own))
        const expected = Object.fromEntries(
          Object.entries(folded).filter(([table]) => projection.tables.some(({ name }) => name === table)),
        )
        expect(yield* viewDump(merchant, [projection])).not.toBe(dumpOf(expected))
        expect(yield* verifyViews(merchant)).toMatchObject({ difference: { projection: projection.name } })
        // The next case must not stumble over it.
        yield* rebuild(SHIPPED_PROJECTIONS.find(({ name }) => name === projection.name) ?? projection)
        expect(database.engine).toMatch(/pglite|postgres/)
      }))
  }
})
