import { Effect, Redacted } from "effect"
import { expect, inject, test } from "vitest"
import { drain } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { listDeliveries } from "../../src/inbox/listDeliveries.ts"
import type { Intercept } from "../../testing/InterceptedDialect.ts"
import { interceptedDatabase, plainDatabase } from "../../testing/laws/withLogs.ts"
import { body, konbiniPaid, univapayWaits } from "../bodies.ts"
import { createDatabase } from "../describeEachEngine.ts"

test("what is kept while somebody drains is drained by him, since all others are told that he is busy", async () => {
  const database = await createDatabase(inject("postgresTemplate"))
  const url = database._tag === "Postgres" ? Redacted.value(database.url) : ""
  const told: Array<string> = []
  const late = Effect.gen(function* () {
    yield* keepDelivery("default", {
      provider: "univapay",
      headers: {},
      verdict: "verified",
      body: body(univapayWaits).bytes,
    })
    told.push((yield* drain("default"))._tag)
  })
  const duringTheAppend: Intercept = async (statement, send) => {
    if (told.length === 0 && statement.sql.includes("log_head")) {
      await Effect.runPromise(late.pipe(Effect.provide(plainDatabase(url, 2))))
    }
    return await send()
  }
  const law = Effect.gen(function* () {
    yield* keepDelivery("default", {
      provider: "omise",
      headers: {},
      verdict: "verified",
      body: body(konbiniPaid).bytes,
    })
    const drained = yield* drain("default")
    return { drained, states: (yield* listDeliveries("default", false, 0)).map(({ state }) => state) }
  })
  const found = await Effect.runPromise(law.pipe(Effect.provide(interceptedDatabase(url, 4, duringTheAppend))))
  expect(told).toEqual(["Busy"])
  expect(found).toEqual({ drained: { _tag: "Drained", deliveries: 2 }, states: ["recorded", "recorded"] })
})
