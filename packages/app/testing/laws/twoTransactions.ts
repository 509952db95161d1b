import { Effect, Result, Stream } from "effect"
import { allDocuments } from "../../src/cli/documents.ts"
import { drain } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { Database } from "../../src/postgres/Database.ts"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import { readBuilds } from "../../src/projection/builds.ts"
import { changesAfter } from "../../src/projection/changes.ts"
import { dailyTotals } from "../../src/projection/dailyTotals.ts"
import { ProjectorLimits } from "../../src/projection/ProjectorLimits.ts"
import { applyChanges, moveCheckpoint, takeCheckpoints } from "../../src/projection/takeCheckpoints.ts"

import { BETWEEN } from "./killCliLaw.ts"

/**
 * Broken, and meant to be killed: `ingest` with a projector that commits the rows of a view first and its checkpoint in a transaction afterwards. Killed
 * in between, it leaves totals that the next run adds to once more.
 */
const inputs = process.argv.slice(2).filter(word => !["ingest", "omise", "--json"].includes(word))
const url = Result.getOrThrow(databaseUrlFromText(process.env["PAYFOLD_DATABASE_URL"]))

const project = Effect.gen(function* () {
  const database = yield* Database
  const live = (yield* readBuilds([dailyTotals.name])).find(({ state }) => state === "live")?.build ?? 0
  while (true) {
    const moved = yield* database.transaction(
      Effect.gen(function* () {
        const [taken] = yield* takeCheckpoints("default", [live])
        if (taken === undefined) return undefined
        const { query } = yield* Transaction
        const { changes, events, position } = yield* changesAfter(
          query,
          "default",
          taken.position,
          Number.MAX_SAFE_INTEGER,
        )
        yield* applyChanges(dailyTotals, taken, changes)
        return events === 0 ? undefined : { taken, position }
      }),
    )
    if (moved === undefined) return
    console.log(BETWEEN)
    yield* Effect.sleep("200 millis")
    yield* database.transaction(moveCheckpoint(moved.taken, { position: moved.position }))
  }
})

const ingest = Stream.runForEach(Stream.grouped(allDocuments(inputs), 100), bodies =>
  Effect.gen(function* () {
    for (const { bytes: body } of bodies) {
      yield* keepDelivery("default", { provider: "omise", body, headers: {}, verdict: "operator" })
    }
    yield* drain("default")
    yield* project
  }),
)

await Effect.runPromise(
  ingest.pipe(
    Effect.provideService(ProjectorLimits, { events: 10, bytes: 1_000_000, frozenAfterMs: 15_000 }),
    Effect.provide(Database.layer(url)),
  ),
)
