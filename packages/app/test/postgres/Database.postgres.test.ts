import { Cause, Deferred, Effect, Exit, Fiber } from "effect"
import { sql } from "kysely"
import { expect, test as vitestTest } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { defaultDatabaseLimits } from "../../src/postgres/DatabaseLimits.ts"
import { OuterHandleInTransaction } from "../../src/postgres/OuterHandleInTransaction.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import { createDatabase, describeEachEngine, urlFrom } from "../describeEachEngine.ts"
import { event, payment } from "../log/events.ts"

const selectOne = (operation: string) =>
  Effect.flatMap(Database, database => database.query(operation, db => sql`select 1`.execute(db)))

const addMerchantNamed = (merchant: string) =>
  Effect.flatMap(Transaction, transaction =>
    transaction.query("add", db => db.insertInto("merchant").values({ merchant }).execute()),
  )

const countMerchants = (merchant: string) =>
  Effect.flatMap(Database, database =>
    database.read("count", async db => {
      const rows = await db.selectFrom("merchant").select("merchant").where("merchant", "=", merchant).execute()
      return rows.length
    }),
  )

describeEachEngine("the database", ({ engine, test }) => {
  test("says which engine it is, and its version", () =>
    Effect.gen(function* () {
      const database = yield* Database
      expect(database.engine).toBe(engine)
      expect(database.serverVersion).toMatch(/^18\./)
    }))

  test("commits a transaction that succeeds and rolls back one that fails, dies or is interrupted", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const { merchant } = yield* EventLog
      const name = (which: string) => `${merchant}.${which}`
      yield* database.transaction(addMerchantNamed(name("succeeds")))
      yield* Effect.exit(database.transaction(Effect.andThen(addMerchantNamed(name("fails")), Effect.fail("no"))))
      yield* Effect.exit(database.transaction(Effect.andThen(addMerchantNamed(name("dies")), Effect.die("no"))))
      const inside = yield* Deferred.make<void>()
      const added = Effect.andThen(addMerchantNamed(name("interrupted")), Deferred.succeed(inside, undefined))
      const fiber = yield* Effect.forkChild(database.transaction(Effect.andThen(added, Effect.never)))
      yield* Deferred.await(inside)
      yield* Fiber.interrupt(fiber)
      const counts = yield* Effect.forEach(["succeeds", "fails", "dies", "interrupted"], which =>
        countMerchants(name(which)),
      )
      expect(counts).toEqual([1, 0, 0, 0])
    }))

  test("undoes a failed savepoint alone", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const { merchant } = yield* EventLog
      const inside = Effect.gen(function* () {
        const transaction = yield* Transaction
        yield* addMerchantNamed(`${merchant}.before`)
        const twice = Effect.andThen(addMerchantNamed(`${merchant}.undone`), addMerchantNamed(`${merchant}.before`))
        expect(yield* Effect.flip(transaction.savepoint(twice))).toMatchObject({ sqlState: "23505" })
        yield* transaction.savepoint(addMerchantNamed(`${merchant}.kept`))
      })
      yield* database.transaction(inside)
      const counts = yield* Effect.forEach(["before", "undone", "kept"], which =>
        countMerchants(`${merchant}.${which}`),
      )
      expect(counts).toEqual([1, 0, 1])
    }))

  test("throws a defect at once when the outer handle is used inside a transaction", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const log = yield* EventLog
      const mistakes: ReadonlyArray<Effect.Effect<unknown, unknown, Database | Transaction>> = [
        selectOne("outer query"),
        database.transaction(Effect.void),
        log.append({ payments: [payment("p", "NoStream", event("a"))] }),
        Effect.flatMap(Effect.forkChild(selectOne("in a child")), Fiber.join),
        Effect.forEach([1, 2], () => selectOne("side by side"), { concurrency: 2 }),
      ]
      for (const mistake of mistakes) {
        const exit = yield* Effect.exit(database.transaction(mistake))
        expect(Exit.isFailure(exit) && Cause.squash(exit.cause)).toBeInstanceOf(OuterHandleInTransaction)
      }
      yield* selectOne("still usable")
    }))

  test("lets reads take part in the running transaction", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const log = yield* EventLog
      const seen = yield* database.transaction(
        Effect.gen(function* () {
          yield* log.appendInTransaction({ payments: [payment("p", "NoStream", event("a"))] })
          return yield* log.readPayment("p")
        }),
      )
      expect(seen).toHaveLength(1)
    }))

  test("refuses a transaction that left its place", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const escaped = yield* database.transaction(Effect.map(Transaction, transaction => transaction))
      const exit = yield* Effect.exit(escaped.query("late", db => sql`select 1`.execute(db)))
      expect(Exit.isFailure(exit) && Cause.hasDies(exit.cause)).toBe(true)
    }))

  test("fails with the operation, the state and no row values", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const { merchant } = yield* EventLog
      const failure = yield* Effect.flip(
        database.query("add twice", db => db.insertInto("drainer").values({ merchant }).execute()),
      )
      expect(failure).toMatchObject({
        operation: "add twice",
        sqlState: "23505",
        constraint: "drainer_pkey",
        retryable: false,
      })
      expect(failure.message).not.toContain(merchant)
      const syntax = yield* Effect.flip(database.query("nonsense", db => sql`selec`.execute(db)))
      expect(syntax).toMatchObject({ sqlState: "42601", retryable: false })
    }))

  test("lets a mistake of our own code through as a defect", () =>
    Effect.gen(function* () {
      const database = yield* Database
      const mistake = () => Promise.reject(new TypeError("undefined is not a function"))
      const exit = yield* Effect.exit(database.query("mistake", mistake))
      expect(Exit.isFailure(exit) && Cause.hasDies(exit.cause)).toBe(true)
    }))

  if (engine === "pglite") return

  vitestTest("gives up on a statement that takes too long, as a failure that may be tried again", async () => {
    const limits = { ...defaultDatabaseLimits, statementTimeoutMs: 100 }
    const slow = Effect.flatMap(Database, database =>
      database.query("slow", db => sql`select pg_sleep(30)`.execute(db)),
    )
    const failure = await Effect.runPromise(
      Effect.flip(slow).pipe(Effect.provide(Database.layer(await createDatabase("template1"), limits))),
    )
    expect(failure).toMatchObject({ sqlState: "57014", retryable: true })
  })

  vitestTest("survives the end of its connection by the server", async () => {
    const cut = Effect.gen(function* () {
      const database = yield* Database
      const failure = yield* Effect.flip(
        database.query("cut", db => sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)),
      )
      expect(failure).toMatchObject({ sqlState: "57P01", retryable: true })
      const inside = Effect.flatMap(Transaction, transaction =>
        transaction.query("cut", db => sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)),
      )
      expect(yield* Effect.flip(database.transaction(inside))).toMatchObject({ sqlState: "57P01" })
      yield* selectOne("again")
    })
    await Effect.runPromise(cut.pipe(Effect.provide(Database.layer(await createDatabase("template1")))))
  })

  vitestTest("gives up on a server that froze, and does not lend that connection out again", async () => {
    const limits = { ...defaultDatabaseLimits, statementTimeoutMs: 300, connections: 1 }
    const frozen = Effect.gen(function* () {
      const database = yield* Database
      const pid = yield* database.query("pid", async db => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
        return rows[0]?.pid ?? 0
      })
      yield* Effect.acquireRelease(
        Effect.sync(() => process.kill(pid, "SIGSTOP")),
        () => Effect.sync(() => process.kill(pid, "SIGCONT")),
      )
      const failure = yield* Effect.flip(selectOne("frozen"))
      expect(failure).toMatchObject({ sqlState: null, retryable: true })
      yield* selectOne("on another connection")
    }).pipe(Effect.scoped)
    await Effect.runPromise(frozen.pipe(Effect.provide(Database.layer(await createDatabase("template1"), limits))))
  })

  vitestTest("fails when nobody answers at the address", async () => {
    const exit = await Effect.runPromise(
      Effect.exit(selectOne("never").pipe(Effect.provide(Database.layer(urlFrom("postgres://127.0.0.1:1/none"))))),
    )
    expect(Exit.findErrorOption(exit)).toMatchObject({
      value: { _tag: "DatabaseFailure", operation: "connect", retryable: true },
    })
  })
})
