import { Cause, Deferred, Effect, Exit, Redacted } from "effect"
import fc from "fast-check"
import { expect, inject, test } from "vitest"
import {
  type DeliveryVerdict,
  hashed,
  keepDeliveries,
  keepDelivery,
  type NewDelivery,
} from "../../src/inbox/keepDelivery.ts"
import { makeKeepTogether } from "../../src/inbox/keepTogether.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import type { Intercept } from "../../testing/InterceptedDialect.ts"
import { interceptedDatabase } from "../../testing/laws/withLogs.ts"
import { addMerchant, createDatabase, describeEachEngine } from "../describeEachEngine.ts"

const VERDICTS: ReadonlyArray<DeliveryVerdict> = ["unverified", "operator", "verified"]

const delivery = (text: string, verdict: DeliveryVerdict = "verified"): NewDelivery => ({
  provider: "omise",
  body: new TextEncoder().encode(text),
  headers: {},
  verdict,
})

const keepAtOnce = Effect.fnUntraced(function* (merchant: string, deliveries: ReadonlyArray<NewDelivery>) {
  const keepTogether = makeKeepTogether(yield* Database, merchant)
  return yield* Effect.all(
    deliveries.map(one => Effect.exit(keepTogether(one))),
    { concurrency: "unbounded" },
  )
})

/** Each body with how often it came and how far it is trusted. */
const kept = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  return yield* database.query("read deliveries", kysely =>
    kysely
      .selectFrom("delivery")
      .select(["body_hash", "body", "times_received", "verdict"])
      .where("merchant", "=", merchant)
      .orderBy("body_hash")
      .execute(),
  )
})

test("forty deliveries that come in together are kept by three statements, and a body that comes with its like by one more", async () => {
  const address = await createDatabase(inject("postgresTemplate"))
  const url = address._tag === "Postgres" ? Redacted.value(address.url) : ""
  const sent: Array<string> = []
  const listening: Intercept = async (statement, send) => {
    if (statement.sql.includes("insert into payfold.delivery")) sent.push(statement.sql)
    return await send()
  }
  const forty = Array.from({ length: 40 }, (_, index) => delivery(`body ${Math.min(index, 38)}`))
  const answers = await Effect.runPromise(
    keepAtOnce("default", forty).pipe(Effect.provide(interceptedDatabase(url, 2, listening))),
  )
  expect(answers.map(answer => answer._tag)).toEqual(forty.map(() => "Success"))
  expect(sent).toHaveLength(4)
})

test("statements that keep the same bodies in other orders do not wait for each other in a circle", async () => {
  const address = await createDatabase(inject("postgresTemplate"))
  const bodies = Array.from({ length: 16 }, (_, index) => hashed(delivery(`body ${index}`)))
  const orders = [bodies, bodies.toReversed()].map(order => keepDeliveries("default", order))
  const ROUNDS = 50
  const law = Effect.gen(function* () {
    for (let round = 0; round < ROUNDS; round++) yield* Effect.all(orders, { concurrency: "unbounded" })
    return new Set((yield* kept("default")).map(row => row.times_received))
  })
  expect(await Effect.runPromise(law.pipe(Effect.provide(Database.layer(address))))).toEqual(new Set([2 * ROUNDS]))
})

describeEachEngine("deliveries that come in together", ({ engine, test: testEach }) => {
  testEach("are kept and counted as if they had come one after the other, and each is told its own", () =>
    Effect.gen(function* () {
      const context = yield* Effect.context<Database | EventLog>()
      const deliveries = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.constantFrom(...VERDICTS)), {
        minLength: 1,
        maxLength: 40,
      })
      const law = fc.asyncProperty(fc.uuid(), deliveries, async (run, chosen) => {
        const all = chosen.map(([name, verdict]) => delivery(`body ${name}`, verdict))
        const both = Effect.gen(function* () {
          const [together, alone] = [`${run}-together`, `${run}-alone`]
          yield* Effect.forEach([together, alone], addMerchant)
          const answers = yield* keepAtOnce(together, all)
          yield* Effect.forEach(all, one => keepDelivery(alone, one))
          expect(yield* kept(together)).toEqual(yield* kept(alone))
          return answers
        })
        const answers = await Effect.runPromiseWith(context)(both)
        const ids = answers.map(answer => (answer._tag === "Success" ? answer.value.deliveryId : undefined))
        expect(new Set(ids.map((id, index) => `${id} ${chosen[index]?.[0]}`)).size).toBe(new Set(ids).size)
        expect(new Set(ids).size).toBe(new Set(chosen.map(([name]) => name)).size)
      })
      yield* Effect.promise(() => fc.assert(law, { numRuns: engine === "pglite" ? 5 : 20 }))
    }),
  )

  testEach("do not suffer for one that the database refuses", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const refused = { ...delivery("refused"), headers: { note: "\u0000" } }
      const answers = yield* keepAtOnce(merchant, [delivery("first"), refused, delivery("last")])
      expect(answers.map(answer => answer._tag)).toEqual(["Success", "Failure", "Success"])
      expect((yield* kept(merchant)).map(row => new TextDecoder().decode(row.body ?? undefined)).toSorted()).toEqual([
        "first",
        "last",
      ])
    }),
  )

  testEach("do not suffer for one that comes from inside a transaction, which is refused", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const database = yield* Database
      const keepTogether = makeKeepTogether(database, merchant)
      const isInside = yield* Deferred.make<void>()
      const inside = database.transaction(
        Effect.andThen(Deferred.succeed(isInside, undefined), keepTogether(delivery("inside"))),
      )
      const beside = Effect.andThen(Deferred.await(isInside), keepTogether(delivery("beside")))
      const [refused, answered] = yield* Effect.all([Effect.exit(inside), Effect.exit(beside)], {
        concurrency: "unbounded",
      })
      expect(Exit.isFailure(refused) && Cause.pretty(refused.cause)).toContain("keep deliveries")
      expect(answered._tag).toBe("Success")
    }),
  )
})
