import { describe, expect, it } from "vitest"
import { BILL, CARD, ECONTEXT, INSTALLMENT } from "../charges.ts"
import { eventOf, eventsOf, partOf, tagsOf } from "../translated.ts"

describe("status", () => {
  it("reads successful as paid, from the beginning, with what the provider keeps", () => {
    const body = { ...BILL, status: "successful", paid: true, authorized: true, paid_at: "2020-02-03T05:00:00Z" }
    expect(tagsOf(body)).toEqual(["PaymentCreated", "PaymentAwaiting", "PaymentPaid"])
    expect(eventOf("PaymentPaid", body)).toEqual({
      _tag: "PaymentPaid",
      received: { amount: 400_000, currency: "THB" },
      paidAt: "2020-02-03T05:00:00.000Z",
      fees: { currency: "THB", fee: 14_600, feeVat: 1_022, interest: 0, interestVat: 0, net: 384_378 },
    })
  })

  it("reads expired as expired, with its moment, and takes no deadline from a field that expiry overwrites", () => {
    const body = {
      ...INSTALLMENT,
      status: "expired",
      expired: true,
      expired_at: "2019-05-31T00:00:00Z",
      expires_at: "2019-05-31T00:00:00Z",
    }
    expect(eventsOf(body).slice(1)).toEqual([
      {
        _tag: "PaymentAwaiting",
        instructions: { redirectUrl: "https://pay.omise.co/offsites/ofsp_test_5g2hvak9ayf70bg0gm6/pay" },
      },
      { _tag: "PaymentExpired", expiredAt: "2019-05-31T00:00:00.000Z" },
    ])
  })

  it("keeps the payer's own deadline after the end", () => {
    expect(eventOf("PaymentAwaiting", { ...BILL, status: "expired" })).toMatchObject({
      deadline: "2020-02-04T04:00:51.000Z",
    })
  })

  it("reads a deadline in Omise's other writing of moments", () => {
    const source = {
      type: "bill_payment_tesco_lotus",
      flow: "offline",
      references: { expires_at: "2022-12-21 09:14:45 UTC" },
    }
    expect(eventOf("PaymentAwaiting", { ...BILL, source })).toMatchObject({ deadline: "2022-12-21T09:14:45.000Z" })
  })

  it("takes no deadline of the charge that an expiry may have overwritten, while the status still waits", () => {
    expect(eventOf("PaymentAwaiting", { ...INSTALLMENT, expired: true })).not.toHaveProperty("deadline")
  })

  it("takes no deadline of a charge that waits no more", () => {
    const body = { ...INSTALLMENT, status: "failed", failure_code: "payment_cancelled", expired: false }
    expect(eventOf("PaymentAwaiting", body)).not.toHaveProperty("deadline")
    expect(eventOf("PaymentAwaiting", INSTALLMENT)).toHaveProperty("deadline")
  })

  it("prefers the payer's deadline to the charge's", () => {
    const body = { ...BILL, expires_at: "2020-02-10T04:00:51Z" }
    expect(eventOf("PaymentAwaiting", body)).toMatchObject({ deadline: "2020-02-04T04:00:51.000Z" })
  })

  it.each([
    { type: "econtext", flow: "offline" },
    { type: "bill_payment_tesco_lotus", flow: "offline" },
    { type: "bill_payment_of_tomorrow", flow: "offline" },
    { type: "barcode_alipay", flow: "offline" },
    "src_test_1",
  ])("takes no deadline of the charge for %j, whose references may tell an earlier one in another body", source => {
    const waiting = { ...BILL, authorize_uri: "https://pay.omise.co/1", expires_at: "2020-02-10T04:00:51Z", source }
    expect(eventOf("PaymentAwaiting", waiting)).toBeDefined()
    expect(eventOf("PaymentAwaiting", waiting)).not.toHaveProperty("deadline")
  })

  it.each([{ type: "fpx" }, { type: "paynow", flow: "offline" }])("takes the charge's deadline for %j", source => {
    const waiting = { ...BILL, authorize_uri: "https://pay.omise.co/1", expires_at: "2020-02-10T04:00:51Z", source }
    expect(eventOf("PaymentAwaiting", waiting)).toMatchObject({ deadline: "2020-02-10T04:00:51.000Z" })
  })

  it("reads failed as failed although expired is true, and the planned moment of expiry means nothing", () => {
    const body = {
      ...CARD,
      status: "failed",
      paid: false,
      captured_amount: 100_000,
      expired: true,
      expired_at: "2025-03-27T09:41:53Z",
      failure_code: "insufficient_fund",
      failure_message: "insufficient funds",
    }
    expect(eventsOf(body).slice(1)).toEqual([
      {
        _tag: "PaymentFailed",
        cause: { category: "insufficient-funds", code: "insufficient_fund", message: "insufficient funds" },
      },
    ])
  })

  it.each([
    ["payment_cancelled", "cancelled"],
    ["insufficient_balance", "insufficient-funds"],
    ["stolen_or_lost_card", "declined"],
    ["failed_fraud_check", "fraud-suspected"],
    ["invalid_barcode", "invalid-request"],
    ["internal_error", "provider-error"],
    ["failed_processing", "other"],
    ["a_code_of_tomorrow", "other"],
    ["__proto__", "other"],
  ])("reads the failure code %s as %s", (code, category) => {
    const body = { ...ECONTEXT, status: "failed", failure_code: code }
    expect(eventOf("PaymentFailed", body)).toEqual({ _tag: "PaymentFailed", cause: { category, code } })
  })

  it("reads a failure without a code as one without a cause", () => {
    expect(eventOf("PaymentFailed", { ...ECONTEXT, status: "failed" })).toEqual({ _tag: "PaymentFailed" })
  })

  it("reads a time-out of anything but a card as an expiry", () => {
    const timeout = { status: "failed", failure_code: "timeout", failure_message: "timed out" }
    expect(tagsOf({ ...ECONTEXT, ...timeout })).toEqual(["PaymentCreated", "PaymentAwaiting", "PaymentExpired"])
    expect(tagsOf({ ...INSTALLMENT, ...timeout })).toContain("PaymentExpired")
    const old = { object: "charge", id: "chrg_test_1", amount: 2000, currency: "thb", card: null, ...timeout }
    expect(tagsOf({ ...old, source_of_fund: "offsite", offsite: "internet_banking_bbl" })).toContain("PaymentExpired")
    expect(tagsOf({ ...old, source_of_fund: "offline" })).toContain("PaymentExpired")
    expect(tagsOf({ ...old, source: "src_test_1" })).toContain("PaymentExpired")
  })

  it("reads a time-out of a card as a failure", () => {
    const body = { ...CARD, status: "failed", failure_code: "timeout" }
    expect(eventOf("PaymentFailed", body)).toMatchObject({ cause: { category: "timed-out", code: "timeout" } })
    const old = { object: "charge", id: "chrg_test_1", amount: 2000, currency: "thb", source_of_fund: "card" }
    expect(tagsOf({ ...old, status: "failed", failure_code: "timeout" })).toContain("PaymentFailed")
  })

  it("reads reversed as a failure of that kind", () => {
    const body = { ...CARD, status: "reversed", paid: false, reversed: true, reversed_at: "2025-03-21T00:00:00Z" }
    expect(eventsOf(body)[1]).toEqual({
      _tag: "PaymentFailed",
      cause: { category: "reversed" },
      failedAt: "2025-03-21T00:00:00.000Z",
    })
  })

  it("asks nothing more of a payer who has authorised", () => {
    const body = { ...CARD, status: "pending", paid: false, authorize_uri: "https://pay.omise.co/payments/1/authorize" }
    expect(tagsOf(body)).toEqual(["PaymentCreated"])
    expect(eventOf("PaymentCreated", body)).toMatchObject({ authorised: true })
    expect(tagsOf({ ...body, authorized: false })).toEqual(["PaymentCreated", "PaymentAwaiting"])
    expect(eventOf("PaymentCreated", { ...body, authorized: false })).not.toHaveProperty("authorised")
    expect(eventOf("PaymentCreated", CARD)).not.toHaveProperty("authorised")
  })

  it("describes an unknown status that is no word by its kind", () => {
    expect(eventOf("PaymentCreated", { ...ECONTEXT, status: "paid by taro@example.com" })).toMatchObject({
      disagreements: ["the status a text of 24 characters is not one that Omise publishes"],
    })
  })

  it("keeps an unknown status, named, as a created payment", () => {
    const body = { ...ECONTEXT, status: "partially_settled" }
    expect(tagsOf(body)).toEqual(["PaymentCreated", "PaymentAwaiting"])
    expect(eventOf("PaymentCreated", body)).toMatchObject({
      disagreements: ["the status “partially_settled” is not one that Omise publishes"],
    })
  })

  it("never takes the key of an event or a flag for the status", () => {
    const event = { object: "event", id: "evnt_test_1", key: "charge.expire", created_at: "2020-02-05T00:00:00Z" }
    expect(tagsOf({ ...event, data: { ...CARD, expired: true, expired_at: "2025-03-27T09:41:53Z" } })).toEqual([
      "PaymentCreated",
      "PaymentPaid",
    ])
  })
})

describe("the oldest shapes, which have no status", () => {
  const old = {
    object: "charge",
    id: "chrg_test_4old",
    amount: 100_000,
    currency: "thb",
    created: "2014-10-21T11:12:28Z",
  }
  it.each([
    [{ captured: true }, ["PaymentCreated", "PaymentPaid"]],
    [{ paid: true }, ["PaymentCreated", "PaymentPaid"]],
    [{ captured: false }, ["PaymentCreated"]],
    [{ paid: false, authorized: true }, ["PaymentCreated"]],
    [{ captured: false, reversed: true }, ["PaymentCreated", "PaymentFailed"]],
    [
      { captured: false, failure_code: "stolen_or_lost_card", failure_message: "stolen" },
      ["PaymentCreated", "PaymentFailed"],
    ],
    [{ captured: true, refunded: 100_000 }, ["PaymentCreated", "PaymentPaid", "PaymentRefunded"]],
    [{ captured: true, status: null }, ["PaymentCreated", "PaymentPaid"]],
  ])("reads %j", (flags, tags) => {
    expect(tagsOf({ ...old, ...flags })).toEqual(tags)
  })

  it("cannot read one without flags", () => {
    expect(partOf({ ...old, capture: true })).toEqual({
      _tag: "Unreadable",
      reason:
        "a charge cannot be read: expected a status, or the flags captured or paid of the oldest objects at status, found nothing",
    })
  })
})
