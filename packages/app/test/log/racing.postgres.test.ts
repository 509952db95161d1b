import { randomUUID } from "node:crypto"
import { Effect, Redacted } from "effect"
import pg from "pg"
import { describe, expect, inject, test } from "vitest"
import type { Database } from "../../src/postgres/Database.ts"
import { acceptsHoles, countsRequests, swallowsConflicts } from "../../testing/laws/brokenStatements.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { deadlocks, keysFirst } from "../../testing/laws/deadlockLaw.ts"
import { crowd, holesRefused, oneFact, oneWinner } from "../../testing/laws/racingLaws.ts"
import { addMerchant, interceptedDatabase, plainDatabase, separateLogs } from "../../testing/laws/withLogs.ts"
import { createDatabase } from "../describeEachEngine.ts"

/** A database for a test, prepared with a statement where it is to be broken. */
const databaseText = async (prepare = "select 1"): Promise<string> => {
  const url = await createDatabase(inject("postgresTemplate"))
  const text = url._tag === "Postgres" ? Redacted.value(url.url) : ""
  const client = new pg.Client({ connectionString: text })
  await client.connect()
  await client.query(prepare)
  await client.end()
  return text
}

const newMerchant = Effect.fnUntraced(function* () {
  const merchant = `merchant-${randomUUID()}`
  yield* addMerchant(merchant)
  return merchant
})

/** What a law says of eight logs of one merchant on eight connections. */
const onEightLogs = <A, E>(
  url: string,
  law: (logs: Effect.Success<ReturnType<typeof separateLogs>>) => Effect.Effect<A, E, Database>,
) =>
  Effect.runPromise(
    Effect.scoped(Effect.flatMap(newMerchant(), merchant => Effect.flatMap(separateLogs(merchant, 8), law))).pipe(
      Effect.provide(plainDatabase(url, 8)),
    ),
  )

/** PGlite's one connection lets nobody race; `concurrentAppends.postgres.test.ts` shows there what one connection can. */
describe("one winner", { timeout: 60_000 }, () => {
  test("of 64 racers on one version, round after round, and one fact of 64 identical appends", async () => {
    const url = await databaseText()
    expect(await onEightLogs(url, logs => oneWinner(logs, 12))).toEqual([])
    expect(await onEightLogs(url, logs => oneFact(logs, 3))).toEqual([])
  })

  test("neither holds in a store that lets a version stand twice", async () => {
    const url = await databaseText("alter table payfold.event drop constraint event_version_taken")
    expect(await onEightLogs(url, logs => oneWinner(logs, 4))).not.toEqual([])
    expect(await onEightLogs(url, logs => oneFact(logs, 3))).not.toEqual([])
  })
})

describe("8 merchants with 8 writers each", { timeout: 60_000 }, () => {
  test("are all recorded, and never deadlock", async () => {
    const url = await databaseText()
    const chance = new Chance(Chance.anySeed())
    const law = Effect.gen(function* () {
      const merchants = yield* Effect.forEach(Array.from({ length: 8 }), () => newMerchant())
      const logs = yield* Effect.forEach(merchants, merchant => separateLogs(merchant, 8))
      return { merchants, violations: yield* crowd(logs, 8, 4, chance) }
    })
    const { merchants, violations } = await Effect.runPromise(
      Effect.scoped(law).pipe(Effect.provide(plainDatabase(url, 16))),
    )
    expect(violations).toEqual([])
    expect(await deadlocks(url, merchants, 2, chance, sql => sql)).toBe(0)
  })

  test("deadlock where the keys are taken before the counter", async () => {
    const url = await databaseText()
    const merchants = await Effect.runPromise(
      Effect.forEach(Array.from({ length: 8 }), () => newMerchant()).pipe(Effect.provide(plainDatabase(url, 1))),
    )
    expect(await deadlocks(url, merchants, 1, new Chance(Chance.anySeed()), keysFirst)).toBeGreaterThan(0)
  })
})

describe("holes", () => {
  const law = Effect.gen(function* () {
    const [log] = yield* separateLogs(yield* newMerchant(), 1)
    const [nobody] = yield* separateLogs("nobody", 1)
    return yield* holesRefused(log, nobody)
  })

  test("are refused: a version ahead, a log that does not exist, a batch that loses one conflict", async () => {
    const database = plainDatabase(await databaseText(), 4)
    expect(await Effect.runPromise(Effect.scoped(law).pipe(Effect.provide(database)))).toEqual([])
  })

  test.each([
    ["never looks whether the version before exists", acceptsHoles, "a version ahead was accepted"],
    ["passes over a version that is taken", swallowsConflicts, "in the batch"],
    ["takes no row for no error", countsRequests, "a log that does not exist was written"],
  ] as const)("get into a store that %s", async (_, intercept, expected) => {
    const database = interceptedDatabase(await databaseText(), 4, intercept)
    const violations = await Effect.runPromise(Effect.scoped(law).pipe(Effect.provide(database)))
    expect(violations.join("\n")).toContain(expected)
  })
})
