import { Effect, Redacted, Result } from "effect"
import { CompiledQuery, sql } from "kysely"
import { expect, inject, test } from "vitest"
import type { RunStatement } from "../../src/log/writeAppends.ts"
import { Database } from "../../src/postgres/Database.ts"
import { DatabaseFailure } from "../../src/postgres/DatabaseFailure.ts"
import { defaultDatabaseLimits } from "../../src/postgres/DatabaseLimits.ts"
import { hotStatement, preparedName } from "../../src/postgres/hotStatement.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"

const onOneConnection = <A, E>(effect: Effect.Effect<A, E, Database>) => {
  const url = { _tag: "Postgres", url: Redacted.make(inject("postgresUrl")) } as const
  const database = Database.layer(url, { ...defaultDatabaseLimits, connections: 1 })
  return Effect.runPromise(effect.pipe(Effect.provide(database)))
}

const ANSWER = hotStatement("answer", "select $1::int as value")

const answer = (run: RunStatement, value: number) =>
  Effect.map(
    run("answer", kysely => kysely.executeQuery<{ value: number }>(CompiledQuery.raw(ANSWER, [value]))),
    ({ rows }) => rows[0]?.value,
  )

const prepared = (run: RunStatement) =>
  Effect.map(
    run("look", kysely => sql<{ name: string }>`select name from pg_prepared_statements`.execute(kysely)),
    ({ rows }) => rows.map(({ name }) => name),
  )

/** What a pooler does that lends a connection without the statements that were prepared on it. */
const loseStatements = (run: RunStatement) => run("lose", kysely => sql`deallocate all`.execute(kysely))

test("a hot statement is prepared once a connection, under a name that its text gives; no other is", async () => {
  const found = await onOneConnection(
    Effect.gen(function* () {
      const { query } = yield* Database
      const answers = [yield* answer(query, 1), yield* answer(query, 2)]
      return { answers, names: yield* prepared(query) }
    }),
  )
  expect(found).toEqual({ answers: [1, 2], names: [expect.stringMatching(/^payfold_[0-9a-f]{24}$/)] })
})

test("where a pooler loses it, it is sent as it is, and none is prepared again", async () => {
  const found = await onOneConnection(
    Effect.gen(function* () {
      const { query } = yield* Database
      const answers = [yield* answer(query, 1)]
      yield* loseStatements(query)
      answers.push(yield* answer(query, 2), yield* answer(query, 3))
      return { answers, names: yield* prepared(query) }
    }),
  )
  expect(found).toEqual({ answers: [1, 2, 3], names: [] })
})

test("lost inside a transaction, the transaction fails and can be tried again", async () => {
  const found = await onOneConnection(
    Effect.gen(function* () {
      const database = yield* Database
      const inTransaction = database.transaction(Effect.flatMap(Transaction, ({ query }) => answer(query, 2)))
      yield* answer(database.query, 1)
      yield* loseStatements(database.query)
      return { lost: yield* Effect.result(inTransaction), again: yield* inTransaction }
    }),
  )
  expect(found.again).toBe(2)
  expect(Result.isFailure(found.lost) && found.lost.failure).toBeInstanceOf(DatabaseFailure)
  expect(found.lost).toMatchObject({ failure: { sqlState: "26000", retryable: true } })
})

test("where a pooler lends a connection that has it already, it is sent as it is", async () => {
  const found = await onOneConnection(
    Effect.gen(function* () {
      const { query } = yield* Database
      const name = sql.id(preparedName(ANSWER) ?? "none")
      yield* query("prepare", kysely => sql`prepare ${name} as select 0`.execute(kysely))
      return [yield* answer(query, 1), yield* answer(query, 2)]
    }),
  )
  expect(found).toEqual([1, 2])
})
