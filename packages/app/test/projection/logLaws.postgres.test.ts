import { type Law, logLaws, type Runs, runsFromEnvironment } from "@payfold/domain/testing"
import { Effect } from "effect"
import { expect } from "vitest"
import { Database } from "../../src/postgres/Database.ts"
import type { Projection } from "../../src/projection/Projection.ts"
import { payments } from "../../src/projection/payments.ts"
import { databaseStore } from "../../testing/views/databaseStore.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

/** A rebuild covers all merchants, and each run is one: dearer by far than in memory. */
const COST = { cost: 50 }
const runs = runsFromEnvironment()

/** A view that shows what was received of refunded payments twice: as the mistake of a sum, not of a row. */
const doubling: Projection = {
  ...payments,
  apply: batch =>
    payments.apply({
      ...batch,
      changes: batch.changes.map(change => ({
        ...change,
        after: { ...change.after, received: doubled(change.after.received) },
      })),
    }),
}

function doubled(received: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(received).map(([currency, amount]) => [currency, 2 * amount]))
}

const lawsOn = (projection: Projection) =>
  Effect.gen(function* () {
    const database = yield* Database
    const run = <A, E>(effect: Effect.Effect<A, E, Database>) =>
      Effect.runPromise(Effect.provideService(effect, Database, database))
    return logLaws(databaseStore(run, projection), COST)
  })

const outcome = (law: Law | undefined, tried: Runs = runs) => Effect.promise(async () => await law?.check(tried))

describeEachEngine(`the log and its view obey (seed ${runs.seed})`, ({ test }) => {
  for (const index of [0, 1, 2, 3]) {
    test(logLaws(() => Promise.reject(new Error("never opened")))[index]?.name ?? "a law of the kit", () =>
      Effect.gen(function* () {
        expect(yield* outcome((yield* lawsOn(payments))[index])).toMatchObject({ held: true })
      }),
    )
  }

  test("and a projector that doubles amounts is found out", () =>
    Effect.gen(function* () {
      expect(yield* outcome((yield* lawsOn(doubling))[0], { runs: 1_000, seed: 1 })).toMatchObject({ held: false })
    }))
})
