import { Effect } from "effect"
import { expect } from "vitest"
import { drain } from "../../src/inbox/drain.ts"
import { ingest } from "../../src/inbox/ingest.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { listDeliveries } from "../../src/inbox/listDeliveries.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { body, KONBINI, konbiniPaid, konbiniWaits } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const typesOf = Effect.fnUntraced(function* (payment: string) {
  const log = yield* EventLog
  return (yield* log.readPayment(payment)).map(event => event.type)
})

const ingestAll = (provider: string, values: ReadonlyArray<unknown>) =>
  Effect.gen(function* () {
    const { merchant } = yield* EventLog
    return yield* ingest(merchant, provider, values.map(body))
  })

describeEachEngine("draining the inbox", ({ test }) => {
  test("records what a delivery implies, and which delivery taught it", () =>
    Effect.gen(function* () {
      const [outcome] = yield* ingestAll("omise", [konbiniWaits])
      expect(outcome?.state).toBe("recorded")
      const log = yield* EventLog
      const events = yield* log.readPayment(KONBINI)
      expect(events.map(event => [event.type, event.deliveryId])).toEqual([
        ["PaymentCreated", outcome?.deliveryId],
        ["PaymentAwaiting", outcome?.deliveryId],
      ])
    }))

  test("records nothing for a body that was there before, and counts it", () =>
    Effect.gen(function* () {
      yield* ingestAll("omise", [konbiniWaits])
      const [again] = yield* ingestAll("omise", [konbiniWaits])
      expect(again).toMatchObject({ timesReceived: 2, events: [] })
      expect(yield* typesOf(KONBINI)).toHaveLength(2)
    }))

  test("records and tells what a run that died had kept and not yet recorded", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* keepDelivery(merchant, {
        provider: "omise",
        body: body(konbiniWaits).bytes,
        headers: {},
        verdict: "operator",
      })
      const [again] = yield* ingestAll("omise", [konbiniWaits])
      expect(again?.timesReceived).toBe(2)
      expect(again?.events.map(event => event.type)).toEqual(["PaymentCreated", "PaymentAwaiting"])
    }))

  test("records only what is news of a report that was overtaken", () =>
    Effect.gen(function* () {
      yield* ingestAll("omise", [konbiniPaid])
      expect(yield* typesOf(KONBINI)).toEqual(["PaymentCreated", "PaymentAwaiting", "PaymentPaid"])
      yield* ingestAll("omise", [konbiniWaits])
      expect(yield* typesOf(KONBINI)).toHaveLength(3)
    }))

  test("decides deliveries of one batch on what the ones before them left", () =>
    Effect.gen(function* () {
      yield* ingestAll("omise", [konbiniWaits, konbiniPaid, konbiniWaits])
      const types = yield* typesOf(KONBINI)
      expect(types.filter(type => type === "PaymentPaid")).toHaveLength(1)
      expect(types.filter(type => type === "PaymentAwaiting")).toHaveLength(1)
    }))

  test("quarantines a body that is not JSON and keeps its bytes", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const bytes = new Uint8Array([0x7b, 0x00, 0xff, 0xfe, 0x22, 0xed, 0xa0, 0x80])
      const [outcome] = yield* ingest(merchant, "omise", [{ bytes, source: "test" }])
      expect(outcome).toMatchObject({ state: "quarantined", reason: "the body is not UTF-8: expected JSON in UTF-8" })
      const database = yield* Database
      const stored = yield* database.query("read body", kysely =>
        kysely.selectFrom("delivery").select("body").where("merchant", "=", merchant).execute(),
      )
      expect(new Uint8Array(stored[0]?.body ?? [])).toEqual(bytes)
    }))

  test("ignores an object that concerns no payment and says why", () =>
    Effect.gen(function* () {
      const [outcome] = yield* ingestAll("omise", [{ object: "loyalty_card", id: "lylt_1" }])
      expect(outcome?.state).toBe("ignored")
      expect(outcome?.reason).toContain("loyalty_card")
    }))

  test("quarantines what cannot be read in a list and records the rest of it", () =>
    Effect.gen(function* () {
      const broken = { ...konbiniWaits, id: "chrg_2", amount: "many" }
      const [outcome] = yield* ingestAll("omise", [{ object: "list", data: [konbiniWaits, broken] }])
      expect(outcome?.state).toBe("quarantined")
      expect(outcome?.reason).toMatch(/^object 2: /)
      expect(yield* typesOf(KONBINI)).toHaveLength(2)
    }))

  test("keeps a delivery that nobody vouches for, and records it once somebody does", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const delivery = { provider: "omise", body: body(konbiniWaits).bytes, headers: {} }
      yield* keepDelivery(merchant, { ...delivery, verdict: "unverified" })
      yield* drain(merchant)
      expect(yield* typesOf(KONBINI)).toEqual([])
      yield* keepDelivery(merchant, { ...delivery, verdict: "verified" })
      yield* keepDelivery(merchant, { ...delivery, verdict: "unverified" })
      yield* drain(merchant)
      expect(yield* typesOf(KONBINI)).toHaveLength(2)
      const [listed] = yield* listDeliveries(merchant, false, 0)
      expect(listed).toMatchObject({ verdict: "verified", timesReceived: 3, state: "recorded" })
    }))

  test("records each fact once however many drain at once", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      for (const value of [konbiniWaits, konbiniPaid]) {
        yield* keepDelivery(merchant, { provider: "omise", body: body(value).bytes, headers: {}, verdict: "operator" })
      }
      yield* Effect.all(
        Array.from({ length: 8 }, () => drain(merchant)),
        { concurrency: 8 },
      )
      yield* drain(merchant)
      const types = yield* typesOf(KONBINI)
      expect(types.filter(type => type === "PaymentPaid")).toHaveLength(1)
      const log = yield* EventLog
      expect(yield* log.verify()).toMatchObject({ _tag: "LogSound", events: types.length })
    }))
})
