import { Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { chargeIdOf, differences } from "../src/compare.ts"
import { Charge } from "../src/wire/Charge.ts"
import { BILL, CARD } from "./charges.ts"

const charge = (body: object): Charge => Result.getOrThrow(Schema.decodeUnknownResult(Charge)(body))
const event = (data: unknown) => ({ object: "event", key: "charge.complete", data })

const refund = { object: "refund", id: "rfnd_test_1", amount: 30_000, currency: "thb", charge: CARD.id }
const dispute = { object: "dispute", id: "dspt_test_1", amount: 100_000, currency: "thb", charge: CARD.id }
const PAID = { ...CARD, captured_amount: 100_000, refunded_amount: 30_000, refunds: { data: [refund] } }

describe("the charge that a delivery names", () => {
  const { object: _, ...nameless } = CARD
  it.each([
    [CARD],
    [nameless],
    [event(nameless)],
    [{ id: "evnt_test_1", data: CARD }],
    [{ ...refund, charge: CARD }],
    [{ id: "rfnd_test_1", charge: nameless }],
    [event(dispute)],
  ])("is read from %j", body => {
    expect(chargeIdOf(body)).toBe(CARD.id)
  })

  it.each([[null], [event(event(CARD))], [{ object: "source", id: "src_test_1" }], [{ ...CARD, id: 7 }], [[CARD]]])(
    "is not read from %j",
    body => {
      expect(chargeIdOf(body)).toBeUndefined()
    },
  )
})

describe("what a delivery says otherwise than its charge", () => {
  it.each([
    [{}, []],
    [{ id: "chrg_test_5other" }, ["id"]],
    [{ status: "failed" }, ["status"]],
    [{ status: "of_tomorrow" }, ["status"]],
    [{ amount: 1 }, ["amount"]],
    [{ currency: "JPY" }, ["currency"]],
    [{ livemode: true }, ["mode"]],
    [{ captured_amount: 1 }, ["captured"]],
    [{ captured_amount: "all" }, ["captured"]],
    [{ refunded_amount: 100_000 }, ["refunded"]],
    [{ voided: true, refunds: null, refunded_amount: 0 }, ["refunded"]],
    [{ refunds: { data: [{ ...refund, id: "rfnd_test_2" }] } }, ["refunded"]],
    [{ dispute: { ...dispute, status: "lost" } }, ["disputed"]],
    [{ dispute: { ...dispute, status: "open" } }, []],
  ])("%j: %j", (change, expected) => {
    const body = { ...PAID, ...change }
    for (const delivery of [body, event(body)]) expect(differences(delivery, charge(PAID))).toEqual(expected)
  })

  it("of a charge that waits, a forged capture", () => {
    expect(differences({ ...BILL, captured_amount: 1 }, charge(BILL))).toEqual(["captured"])
    expect(differences({ ...BILL, captured_amount: 0 }, charge(BILL))).toEqual([])
  })

  it("of a part that was captured, an old shape that hides it", () => {
    expect(differences(CARD, charge({ ...CARD, captured_amount: 50_000 }))).toEqual(["captured"])
  })

  it.each([
    [{ ...PAID, amount: null }],
    [event({ ...PAID, currency: "BAHT" })],
    [{ ...PAID, status: null, paid: undefined }],
    [{ ...PAID, refunds: { data: [{ ...refund, amount: "some" }] } }],
    [{ ...refund, amount: 0 }],
    [{ ...dispute, status: 7 }],
    [event(null)],
    ["chrg_test_5card"],
  ])("cannot be told of %j", body => {
    expect(differences(body, charge(PAID))).toEqual(["unreadable"])
  })

  it("is nothing for an old shape, which leaves out the flag of mode and writes small currency codes", () => {
    const { livemode: _, captured_amount: __, ...old } = PAID
    expect(differences({ ...old, currency: "thb" }, charge(PAID))).toEqual([])
    expect(differences({ ...old, id: "chrg_5live" }, charge({ ...PAID, id: "chrg_5live", livemode: true }))).toEqual([])
  })

  it.each([
    [{}, []],
    [{ amount: 30_001 }, ["refunded"]],
    [{ id: "rfnd_test_2" }, ["refunded"]],
    [{ currency: "JPY" }, ["refunded"]],
    [{ livemode: true }, ["mode"]],
    [{ charge: "chrg_test_5other" }, ["id"]],
  ])("of a lone refund %j: %j", (change, expected) => {
    expect(differences({ ...refund, ...change }, charge(PAID))).toEqual(expected)
  })

  it("is nothing for a refund that the charge's list leaves out and its total holds", () => {
    const cutOff = charge({ ...PAID, refunds: { data: [] } })
    expect(differences(refund, cutOff)).toEqual([])
    expect(differences({ ...refund, amount: 30_001 }, cutOff)).toEqual(["refunded"])
  })

  it("of a lone dispute, only what it takes back", () => {
    const lost = { ...dispute, status: "lost" }
    expect(differences({ ...dispute, status: "open" }, charge(PAID))).toEqual([])
    expect(differences(lost, charge(PAID))).toEqual(["disputed"])
    expect(differences(lost, charge({ ...PAID, dispute: lost }))).toEqual([])
  })
})
