import { DEFAULT_TRANSLATE_SETTINGS, decide, fold, type PaymentEvent, toPayment } from "@payfold/domain"
import { univapay } from "@payfold/univapay"
import { describe, expect, test } from "vitest"
import { fixture } from "./fixture.ts"

const awaiting = fixture("seed-001-3-awaiting")
const token = { ...fixture("konbini-token"), data: { convenience_store: "lawson" } }
const forgotten = { ...awaiting, metadata: {} }

/** The payment after deliveries in the order given: each is translated, and what is news of it is kept. */
function paymentOf(bodies: ReadonlyArray<unknown>) {
  const log: Array<PaymentEvent> = []
  for (const body of bodies)
    for (const part of univapay.translate(body, DEFAULT_TRANSLATE_SETTINGS))
      if (part._tag === "Implied") log.push(...decide(fold(log), part.events))
  return toPayment(fold(log))
}

const codesOf = (bodies: ReadonlyArray<unknown>) => paymentOf(bodies).discrepancies.map(({ code }) => code)

describe("given a konbini payment that waited", () => {
  const failed = { ...forgotten, status: "failed" }

  test.each([
    ["its failure without a cause shows as expired", failed, "expired"],
    ["its failure by 313 shows as expired", { ...failed, error: { code: 313, message: "x" } }, "expired"],
    ["its failure by a code nobody published shows as expired", { ...failed, error: { code: 999 } }, "expired"],
    ["its failure by a published cause shows as failed", { ...failed, error: { code: 310 } }, "failed"],
    ["an error shows as failed", { ...failed, status: "error" }, "failed"],
    ["a cancel shows as failed", { ...failed, status: "canceled" }, "failed"],
  ])("%s, in either order", (_, end, status) => {
    expect(paymentOf([awaiting, end]).status).toBe(status)
    expect(paymentOf([end, awaiting]).status).toBe(status)
    const bare = { charge: { ...forgotten, status: "awaiting" }, token }
    expect(paymentOf([end, bare]).status).toBe(status)
  })

  test("a success after the failure contradicts the provider's own table: paid, and a discrepancy", () => {
    const paid = { ...awaiting, status: "successful" }
    for (const bodies of [
      [awaiting, failed, paid],
      [paid, failed, awaiting],
    ]) {
      expect(paymentOf(bodies)).toMatchObject({ status: "paid", received: { amount: 100, currency: "JPY" } })
      expect(codesOf(bodies)).toEqual(["paid-after-expired"])
    }
  })

  test("another amount than was asked for is a discrepancy", () => {
    const paid = { ...awaiting, status: "successful" }
    expect(codesOf([paid])).toEqual([])
    expect(codesOf([{ ...paid, charged_amount: 99 }])).toEqual(["received-less"])
    expect(codesOf([{ ...paid, charged_amount: 101 }])).toEqual(["received-more"])
    expect(codesOf([{ ...paid, charged_currency: "USD" }])).toEqual(["currency-conflict"])
  })

  test("cash at an unknown counter and the store that the token names agree", () => {
    expect(paymentOf([awaiting, { charge: awaiting, token }])).toMatchObject({
      method: { _tag: "Konbini", store: "lawson" },
    })
    expect(codesOf([awaiting, { charge: awaiting, token }])).toEqual([])
  })

  test("an extended deadline is the later one", () => {
    const expiry = fixture("expiry-latest")
    const set = { charge: awaiting, token: fixture("konbini-token") }
    for (const bodies of [
      [set, { ...set, expiry }],
      [{ ...set, expiry }, set],
    ])
      expect(paymentOf(bodies).deadline).toBe("2022-08-03T14:59:59.000Z")
  })
})

describe("given a charge that nobody waited for", () => {
  test("a failure straight away is a failure", () => {
    expect(paymentOf([{ ...forgotten, status: "failed" }]).status).toBe("failed")
    expect(
      paymentOf([{ ...fixture("card-charge-three-ds") }, { ...fixture("card-charge-three-ds"), status: "failed" }])
        .status,
    ).toBe("failed")
  })
})

describe("given a bank transfer in two deposits", () => {
  const webhook = fixture("webhook-bank-transfer-status")
  const data = Object(webhook["data"])
  const deposits = (status: string) => ({ ...webhook, data: { ...data, payment_status: status } })
  const charged = { requested_amount: 1000, charged_amount: 1000 }
  const paid = { ...forgotten, ...charged, id: data.charge_id, mode: "test", status: "successful" }

  test("a first one that was too little is no discrepancy once the rest arrived", () => {
    expect(paymentOf([deposits("insufficient")])).toMatchObject({ status: "awaiting", discrepancies: [] })
    expect(codesOf([deposits("insufficient"), deposits("exact"), paid])).toEqual([])
  })

  test("too much stays one", () => {
    expect(codesOf([deposits("exceeded"), paid])).toEqual(["flags-disagree"])
  })
})

describe("given money that went back", () => {
  const refund = fixture("refund")

  test("a refund that overtakes its charge proves that money was received", () => {
    expect(paymentOf([refund])).toMatchObject({ status: "paid", refunded: { amount: 1000, currency: "JPY" } })
  })

  test("a chargeback that was taken back leaves nothing refunded", () => {
    const chargeback = { ...refund, id: "chargeback-1", reason: "chargeback" }
    const reversal = { ...refund, id: "reversal-1", reason: "chargeback_reverse" }
    expect(paymentOf([chargeback]).refunded?.amount).toBe(1000)
    expect(paymentOf([reversal, chargeback]).refunded?.amount).toBe(0)
  })
})
