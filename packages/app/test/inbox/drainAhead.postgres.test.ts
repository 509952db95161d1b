import { paidEvent } from "@payfold/domain/testing"
import { Effect, Redacted } from "effect"
import { expect, inject, test } from "vitest"
import { omiseKonbini } from "../../src/demo/bodies.ts"
import { drain, toNewEvent } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { setMerchant } from "../../src/merchant/Merchant.ts"
import type { Intercept } from "../../testing/InterceptedDialect.ts"
import { interceptedDatabase, plainDatabase } from "../../testing/laws/withLogs.ts"
import { body } from "../bodies.ts"
import { createDatabase } from "../describeEachEngine.ts"

/** One more than a batch holds: the last one is read and translated while the others are recorded. */
const DELIVERIES = 501
const LAST = `omise:chrg_${DELIVERIES}`

const keepAll = Effect.forEach(
  Array.from({ length: DELIVERIES }, (_, index) => index + 1),
  index =>
    keepDelivery("default", {
      provider: "omise",
      headers: {},
      verdict: "verified",
      body: body(omiseKonbini(`chrg_${index}`, 1500, `A-${index}`)).bytes,
    }),
)

/** Drains all of them, while `meanwhile` happens before a statement that the second batch sends: its `begin`, or its append. */
const drainWhile = async <E>(before: "begin" | "log_head", meanwhile: (url: string) => Effect.Effect<unknown, E>) => {
  const database = await createDatabase(inject("postgresTemplate"))
  const url = database._tag === "Postgres" ? Redacted.value(database.url) : ""
  let sent = 0
  const beforeTheSecond: Intercept = async (statement, send) => {
    if (statement.sql.includes(before) && ++sent === 2) await Effect.runPromise(meanwhile(url))
    return await send()
  }
  const law = Effect.gen(function* () {
    yield* keepAll
    const drained = yield* drain("default")
    const log = yield* EventLog
    const last = yield* log.readPayment(LAST)
    return { drained, last: last.map(({ type, data }) => ({ type, data })), verified: yield* log.verify() }
  }).pipe(Effect.provide(EventLog.layer("default")))
  return await Effect.runPromise(law.pipe(Effect.provide(interceptedDatabase(url, 4, beforeTheSecond))))
}

test("what somebody else writes to a payment after it was decided is read, and all is decided again", async () => {
  const { drained, last, verified } = await drainWhile("log_head", url =>
    Effect.gen(function* () {
      const log = yield* EventLog
      yield* log.append({
        payments: [{ payment: LAST, expected: "NoStream", events: [toNewEvent(paidEvent(), null)] }],
      })
    }).pipe(Effect.provide(EventLog.layer("default")), Effect.provide(plainDatabase(url, 2))),
  )
  expect(drained).toEqual({ _tag: "Drained", deliveries: DELIVERIES })
  expect(last.map(({ type }) => type)).toEqual(["PaymentPaid", "PaymentCreated", "PaymentAwaiting"])
  expect(verified).toMatchObject({ _tag: "LogSound", events: 2 * DELIVERIES + 1 })
})

test("what was translated ahead is translated again when the merchant's settings have changed since", async () => {
  const { drained, last } = await drainWhile("begin", url =>
    setMerchant("default", { referenceKeys: ["nothing"] }).pipe(Effect.provide(plainDatabase(url, 2))),
  )
  expect(drained).toEqual({ _tag: "Drained", deliveries: DELIVERIES })
  expect(last.map(({ type }) => type)).toEqual(["PaymentCreated", "PaymentAwaiting"])
  expect(last[0]?.data).not.toContain(`A-${DELIVERIES}`)
})
