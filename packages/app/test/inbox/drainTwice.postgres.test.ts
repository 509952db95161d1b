import { paidEvent } from "@payfold/domain/testing"
import { Deferred, Effect, Fiber, Redacted } from "effect"
import { sql } from "kysely"
import { describe, expect, inject, test } from "vitest"
import { omiseKonbini } from "../../src/demo/bodies.ts"
import { drain, MANY_DELIVERIES, toNewEvent } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { listDeliveries } from "../../src/inbox/listDeliveries.ts"
import { takeDrainer } from "../../src/inbox/waitingDeliveries.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import type { Intercept } from "../../testing/InterceptedDialect.ts"
import { interceptedDatabase, plainDatabase } from "../../testing/laws/withLogs.ts"
import { body } from "../bodies.ts"
import { createDatabase } from "../describeEachEngine.ts"

const databaseText = async () => {
  const database = await createDatabase(inject("postgresTemplate"))
  return database._tag === "Postgres" ? Redacted.value(database.url) : ""
}

const keep = (name: string) =>
  keepDelivery("default", {
    provider: "omise",
    headers: {},
    verdict: "verified",
    body: body(omiseKonbini(`chrg_${name}`, 1500, `A-${name}`)).bytes,
  })

const keepMany = (count: number) =>
  Effect.forEach(
    Array.from({ length: count }, (_, index) => String(index)),
    keep,
  )

const states = Effect.map(listDeliveries("default", false, 0), rows => rows.map(({ state }) => state))

/** Drains what waits; another process keeps one more before the append is sent, and drains too. */
const drainTwice = async (waiting: number) => {
  const url = await databaseText()
  const told: Array<string> = []
  const late = Effect.gen(function* () {
    yield* keep("late")
    told.push((yield* drain("default"))._tag)
  })
  const beforeTheAppend: Intercept = async (statement, send) => {
    if (told.length === 0 && statement.sql.includes("log_head")) {
      await Effect.runPromise(late.pipe(Effect.provide(plainDatabase(url, 2))))
    }
    return await send()
  }
  const law = Effect.gen(function* () {
    yield* keepMany(waiting)
    const { _tag } = yield* drain("default")
    const verified = yield* Effect.flatMap(EventLog, log => log.verify())
    return { told, drained: _tag, states: new Set(yield* states), verified }
  }).pipe(Effect.provide(EventLog.layer("default")))
  return await Effect.runPromise(law.pipe(Effect.provide(interceptedDatabase(url, 4, beforeTheAppend))))
}

describe("two drainers", () => {
  test("of many: the second is told that the first is busy, who drains what the second kept", async () => {
    expect(await drainTwice(MANY_DELIVERIES)).toMatchObject({
      told: ["Busy"],
      drained: "Drained",
      states: new Set(["recorded"]),
      verified: { _tag: "LogSound", events: 2 * (MANY_DELIVERIES + 1) },
    })
  })

  test("of few: who comes second finds that all has been recorded, and records nothing twice", async () => {
    expect(await drainTwice(MANY_DELIVERIES - 1)).toMatchObject({
      told: ["Drained"],
      drained: "Drained",
      states: new Set(["recorded"]),
      verified: { _tag: "LogSound", events: 2 * MANY_DELIVERIES },
    })
  })
})

test.each(["news", "nothing new"])(
  "while another process has the drainer's row, a drainer of %s writes nothing",
  async what => {
    const url = await databaseText()
    const law = Effect.gen(function* () {
      const database = yield* Database
      yield* keep("1")
      if (what === "nothing new") {
        yield* drain("default")
        yield* database.query("wait again", kysely =>
          kysely.updateTable("delivery").set({ state: "waiting" }).execute(),
        )
      }
      const busy = yield* database.transaction(
        Effect.gen(function* () {
          yield* takeDrainer("default")
          const drained = yield* Effect.promise(() =>
            Effect.runPromise(Effect.all([drain("default"), states]).pipe(Effect.provide(plainDatabase(url, 2)))),
          )
          return drained
        }),
      )
      return { busy, afterwards: yield* drain("default"), states: yield* states }
    })
    const found = await Effect.runPromise(law.pipe(Effect.provide(plainDatabase(url, 2))))
    expect(found).toEqual({
      busy: [{ _tag: "Busy" }, ["waiting"]],
      afterwards: { _tag: "Drained", deliveries: 1 },
      states: ["recorded"],
    })
  },
)

test("few deliveries are recorded once each while others append to the same log and drain the same inbox", async () => {
  const url = await databaseText()
  const ROUNDS = 40
  const appending = Effect.flatMap(EventLog, log =>
    Effect.forEach(
      Array.from({ length: 4 * ROUNDS }, (_, index) => index),
      index =>
        log.append({
          payments: [
            { payment: `omise:other_${index}`, expected: "NoStream", events: [toNewEvent(paidEvent(), null)] },
          ],
        }),
    ),
  )
  const draining = (drainer: string) =>
    Effect.forEach(
      Array.from({ length: ROUNDS }, (_, index) => index),
      index => Effect.andThen(keep(`${drainer}_${index}`), drain("default")),
    )
  const law = Effect.gen(function* () {
    yield* Effect.all([appending, draining("a"), draining("b")], {
      concurrency: "unbounded",
    })
    const verified = yield* Effect.flatMap(EventLog, log => log.verify())
    return { states: new Set(yield* states), verified }
  })
  const found = await Effect.runPromise(
    law.pipe(Effect.provide(EventLog.layer("default")), Effect.provide(plainDatabase(url, 8))),
  )
  expect(found).toMatchObject({
    states: new Set(["recorded"]),
    verified: { _tag: "LogSound", events: 4 * ROUNDS + 2 * 2 * ROUNDS },
  })
})

test("who meets a drainer of few waits for its one statement: nothing is left that nobody drains", async () => {
  const url = await databaseText()
  const other = Effect.provide(plainDatabase(url, 4))
  const law = Effect.gen(function* () {
    const database = yield* Database
    const isHeld = yield* Deferred.make<void>()
    const isDone = yield* Deferred.make<void>()
    // An append that takes its time: the drainer's statement waits for the counter row behind it.
    const holding = database.transaction(
      Effect.gen(function* () {
        const transaction = yield* Transaction
        yield* transaction.query("hold", kysely => kysely.selectFrom("log_head").select("head").forUpdate().execute())
        yield* Deferred.succeed(isHeld, undefined)
        yield* Deferred.await(isDone)
      }),
    )
    const drainers = Effect.gen(function* () {
      yield* Deferred.await(isHeld)
      yield* keep("first")
      const first = yield* Effect.forkChild(other(drain("default")))
      yield* untilWaiting(database, "append")
      yield* keep("second")
      const second = yield* Effect.forkChild(other(drain("default")))
      yield* Effect.sleep("100 millis")
      yield* Deferred.succeed(isDone, undefined)
      return [(yield* Fiber.join(first))._tag, (yield* Fiber.join(second))._tag]
    })
    const [, told] = yield* Effect.all([holding, drainers], { concurrency: "unbounded" })
    return { told, states: new Set(yield* states) }
  })
  const found = await Effect.runPromise(law.pipe(Effect.provide(plainDatabase(url, 4))))
  expect(found).toEqual({ told: ["Drained", "Drained"], states: new Set(["recorded"]) })
})

/** Until a statement of this name waits for a lock. */
const untilWaiting = (database: Database["Service"], name: string) =>
  database
    .query("look at activity", kysely =>
      sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like ${`%payfold%: ${name} %`}`.execute(
        kysely,
      ),
    )
    .pipe(Effect.repeat({ until: ({ rows }) => rows.length > 0 }))
