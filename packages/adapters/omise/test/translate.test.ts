import { DEFAULT_TRANSLATE_SETTINGS, type Translation } from "@payfold/domain"
import { describe, expect, it } from "vitest"
import { translate } from "../src/translate.ts"
import { readFixture } from "./fixtures/readFixture.ts"
import { eventOf, eventsOf, partOf, tagsOf } from "./translated.ts"

const ECONTEXT = readFixture("seed-000-charge-econtext")
const BILL = readFixture("seed-003-charge-bill-payment")
const INSTALLMENT = readFixture("seed-004-charge-installment")
const CARD = {
  object: "charge",
  id: "chrg_test_5card",
  livemode: false,
  amount: 100_000,
  currency: "THB",
  status: "successful",
  authorized: true,
  paid: true,
  paid_at: "2025-03-20T09:41:53Z",
  created_at: "2025-03-20T09:41:50Z",
  card: { object: "card", id: "card_test_1", brand: "Visa", name: "TARO TEST" },
}
const translateAll = (body: unknown): Translation => translate(body, DEFAULT_TRANSLATE_SETTINGS)

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

  it("prefers the payer's deadline to the charge's", () => {
    const body = { ...BILL, expires_at: "2020-02-10T04:00:51Z" }
    expect(eventOf("PaymentAwaiting", body)).toMatchObject({ deadline: "2020-02-04T04:00:51.000Z" })
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
    expect(tagsOf({ ...body, authorized: false })).toEqual(["PaymentCreated", "PaymentAwaiting"])
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

describe("amounts", () => {
  it("received is what was captured, not what settlement funds", () => {
    const body = { ...CARD, amount: 10_000, captured_amount: 5_000, funding_amount: 4_000, funding_currency: "SGD" }
    expect(eventOf("PaymentPaid", body)).toMatchObject({ received: { amount: 5_000, currency: "THB" } })
    expect(eventOf("PaymentCreated", body)).toMatchObject({ requested: { amount: 10_000, currency: "THB" } })
  })

  it("received is all of it where nothing is said of a capture", () => {
    expect(eventOf("PaymentPaid", { ...CARD, captured_amount: 0 })).toMatchObject({ received: { amount: 100_000 } })
    expect(eventOf("PaymentPaid", { ...CARD, captured_amount: null })).toMatchObject({ received: { amount: 100_000 } })
  })

  it("received is unknown where the captured amount cannot be read", () => {
    expect(eventOf("PaymentPaid", { ...CARD, captured_amount: "many" })).not.toHaveProperty("received")
    expect(eventOf("PaymentPaid", { ...CARD, captured_amount: -1 })).not.toHaveProperty("received")
  })

  it("fees are in the currency of settlement, and unknown while more may be captured", () => {
    expect(eventOf("PaymentPaid", { ...CARD, fee: 7, funding_currency: "sgd" })).toMatchObject({
      fees: { currency: "SGD", fee: 7 },
    })
    expect(eventOf("PaymentPaid", { ...CARD, fee: 7, multi_capture: true })).not.toHaveProperty("fees")
  })

  it.each([1, 2 ** 53 - 1])("reads the amount %i", amount => {
    expect(eventOf("PaymentCreated", { ...CARD, amount })).toMatchObject({ requested: { amount } })
  })

  it("reads a numeral in a string", () => {
    expect(eventOf("PaymentCreated", { ...CARD, amount: "100000" })).toMatchObject({ requested: { amount: 100_000 } })
  })

  it.each([0, -1, 1.5, 2 ** 53, 1e308, "", "1e5", "1,000", " 7", "07", "taro@example.com", null, true, [1], {}])(
    "cannot read the amount %j, and does not repeat it",
    amount => {
      const part = partOf({ ...CARD, amount })
      expect(part).toMatchObject({ _tag: "Unreadable", reason: expect.stringContaining("at amount, found") })
      expect(JSON.stringify(part)).not.toContain("taro")
    },
  )
})

describe("refunds", () => {
  const refund = {
    object: "refund",
    id: "rfnd_test_1",
    amount: 30_000,
    currency: "thb",
    charge: "chrg_test_5card",
    created_at: "2025-03-21T00:00:00Z",
  }
  const booked = {
    _tag: "PaymentRefunded",
    refund: { _tag: "Refund", id: "rfnd_test_1", amount: 30_000, currency: "THB" },
    refundedAt: "2025-03-21T00:00:00.000Z",
  }
  const total = (amount: number) => ({ _tag: "PaymentRefunded", refund: { _tag: "Total", amount, currency: "THB" } })

  it("reads each refund inside a charge, and no total that they explain", () => {
    expect(
      eventsOf({ ...CARD, refunded_amount: 30_000, refunds: { object: "list", data: [refund] } }).slice(2),
    ).toEqual([booked])
  })

  it("reads the total beside the refunds where they do not explain it", () => {
    expect(eventsOf({ ...CARD, refunded: 80_000, refunds: { data: [refund] } }).slice(2)).toEqual([
      booked,
      total(80_000),
    ])
  })

  it("reads a void without a refund as all that was received", () => {
    expect(eventsOf({ ...CARD, voided: true }).slice(2)).toEqual([total(100_000)])
    expect(eventsOf({ ...CARD, voided: true, captured_amount: 500, refunded_amount: 0 }).slice(2)).toEqual([total(500)])
    expect(eventsOf({ ...CARD, voided: true, refunds: { data: [refund] } }).slice(2)).toEqual([booked])
    expect(tagsOf({ ...CARD, voided: true, status: "pending" })).toEqual(["PaymentCreated"])
  })

  it("takes the charge's currency for a refund inside it that names none", () => {
    const { currency: _, ...rest } = refund
    expect(eventsOf({ ...CARD, refunds: { data: [rest] } }).slice(2)).toEqual([booked])
  })

  it("reads a lone refund with its charge's id and mode, and nothing else of it", () => {
    const created = { _tag: "PaymentCreated", provider: "omise", chargeId: "chrg_test_5card", mode: "test" }
    expect(eventsOf(refund)).toEqual([created, booked])
    expect(eventsOf({ ...refund, charge: CARD })).toEqual([created, booked])
  })

  it("books a pending refund, and none in a status of tomorrow", () => {
    expect(eventsOf({ ...refund, status: "pending" })).toContainEqual(booked)
    expect(partOf({ ...refund, status: "rejected" })).toMatchObject({
      _tag: "Ignored",
      reason: expect.stringContaining("rejected"),
    })
  })

  it("keeps a charge whose refund cannot be read, and says so", () => {
    const [charge, part] = translateAll({ ...CARD, refunds: { data: [{ ...refund, amount: "some" }] } })
    expect(charge).toMatchObject({ _tag: "Implied" })
    expect(part).toEqual({
      _tag: "Unreadable",
      reason:
        "a refund inside a charge (refunds.data.0) cannot be read: expected number at amount, found a text of 4 characters",
    })
  })

  it("cannot read a refund that names no charge", () => {
    expect(partOf({ ...refund, charge: null })).toEqual({
      _tag: "Unreadable",
      reason: "a refund cannot be read: expected the id of a charge at charge, found null",
    })
  })
})

describe("disputes", () => {
  const dispute = {
    object: "dispute",
    id: "dspt_test_1",
    livemode: false,
    amount: 100_000,
    currency: "THB",
    charge: "chrg_test_5card",
  }
  const chargeback = {
    _tag: "PaymentRefunded",
    refund: { _tag: "Chargeback", id: "dspt_test_1", amount: 100_000, currency: "THB" },
    refundedAt: "2025-06-01T00:00:00.000Z",
  }

  it("reads a lost one as a chargeback, alone, inside an event and inside its charge", () => {
    const lost = { ...dispute, status: "lost", closed_at: "2025-06-01T00:00:00Z" }
    expect(eventsOf(lost)[1]).toEqual(chargeback)
    expect(eventsOf({ object: "event", key: "dispute.close", data: lost })[1]).toEqual(chargeback)
    expect(eventsOf({ ...CARD, dispute: lost })[2]).toEqual(chargeback)
  })

  it.each(["open", "pending", "won", "accepted_by_tomorrow"])("ignores one that is %s, and says so", status => {
    expect(partOf({ ...dispute, status })).toEqual({
      _tag: "Ignored",
      reason: `a dispute in the status “${status}” has taken no money back; only a lost one does`,
    })
    expect(tagsOf({ ...CARD, dispute: { ...dispute, status } })).toEqual(["PaymentCreated", "PaymentPaid"])
  })

  it("reads a charge whose dispute is only an id", () => {
    expect(tagsOf({ ...CARD, dispute: "dspt_test_1" })).toEqual(["PaymentCreated", "PaymentPaid"])
  })
})

describe("envelopes", () => {
  const event = {
    object: "event",
    id: "evnt_test_1",
    livemode: true,
    key: "charge.complete",
    created_at: "2025-03-20T10:00:00Z",
  }

  it("reads the charge of an event, its mode from the charge, its order reference dated by the event", () => {
    const data = { ...CARD, metadata: { order_id: "A-1" } }
    expect(eventOf("PaymentCreated", { ...event, data })).toMatchObject({
      mode: "test",
      orderReference: { value: "A-1", reportedAt: "2025-03-20T10:00:00.000Z" },
    })
    expect(eventOf("PaymentCreated", data)).toMatchObject({ orderReference: { value: "A-1" } })
    expect(
      eventOf("PaymentCreated", { ...event, created_at: undefined, created: "2016-01-01T00:00:00Z", data }),
    ).toMatchObject({
      orderReference: { value: "A-1", reportedAt: "2016-01-01T00:00:00.000Z" },
    })
  })

  it("reads a charge of 2017 inside an event of 2019", () => {
    expect(tagsOf({ ...event, data: { ...ECONTEXT, status: "failed", failure_code: "timeout" } })).toEqual([
      "PaymentCreated",
      "PaymentAwaiting",
      "PaymentExpired",
    ])
  })

  it("reads lists and search results one part for each item, of events too, and a bare list alike", () => {
    const items = [
      CARD,
      { ...event, data: ECONTEXT },
      { object: "customer", id: "cust_test_1" },
      { ...CARD, amount: null },
    ]
    const tags = ["Implied", "Implied", "Ignored", "Unreadable"]
    for (const body of [{ object: "list", data: items }, { object: "search", data: items }, items]) {
      expect(translateAll(body).map(part => part._tag)).toEqual(tags)
    }
  })

  it("ignores an empty list", () => {
    expect(partOf({ object: "list", data: [] })).toEqual({
      _tag: "Ignored",
      reason: "an empty list says nothing about a payment",
    })
  })

  it.each([
    [{ object: "list", data: null }, "a list cannot be read: expected a list at data, found null"],
    [{ object: "list", data: {} }, "a list cannot be read: expected a list at data, found an object"],
    [{ object: "list", data: [{ object: "list", data: [] }] }, "a list inside a list"],
    [{ ...event, data: null }, "an event cannot be read"],
    [{ ...event, data: { ...event, data: CARD } }, "an event cannot be read"],
    [null, "found null"],
    [7, "found a positive number"],
    ["taro@example.com", "found a text of 16 characters"],
    [{ object: 7, id: "chrg_test_1" }, "expected the kind of the object at object"],
    [{ object: "charge" }, "expected the id of a charge at id, found nothing"],
    [{ ...CARD, id: "chrg 1" }, "at id"],
    [{ ...CARD, id: "ชาร์จ" }, "at id"],
    [{ ...CARD, currency: "BAHT" }, "expected a currency code of three letters at currency"],
    [{ ...CARD, status: 7 }, "at status, found a positive number"],
    [{ id: "thing_1", amount: 1 }, "expected the kind of the object at object, found nothing"],
  ])("cannot read %j", (body, reason) => {
    expect(partOf(body)).toMatchObject({ _tag: "Unreadable", reason: expect.stringContaining(reason) })
  })

  it.each([
    [
      { ...event, key: "transfer.destroy", data: { object: "transfer", id: "trsf_test_1", deleted: true } },
      "“transfer” concerns no payment",
    ],
    [{ ...event, key: "customer.destroy" }, "“customer.destroy” without an object"],
    [{ object: "error", code: "not_found", message: "taro@example.com was not found" }, "an error answer, “not_found”"],
    [{ object: "capability" }, "“capability” concerns no payment"],
    [{ object: "taro@example.com" }, "a text of 16 characters concerns no payment"],
  ])("ignores %j with the reason", (body, reason) => {
    const part = partOf(body)
    expect(part).toMatchObject({ _tag: "Ignored", reason: expect.stringContaining(reason) })
    expect(JSON.stringify(part)).not.toContain("taro")
  })

  it("tells a charge by its id where a proxy dropped the kind", () => {
    const { object: _, ...rest } = CARD
    expect(tagsOf(rest)).toEqual(["PaymentCreated", "PaymentPaid"])
  })
})

describe("methods", () => {
  const methodOf = (charge: object) => eventOf("PaymentCreated", { ...INSTALLMENT, ...charge })
  const source = { object: "source", type: "installment_wlb_first_choice", installment_term: 36 }

  it.each([
    [{ source: { ...source, zero_interest_installments: true } }, "merchant"],
    [{ source: { ...source, zero_interest_installments: false }, zero_interest_installments: true }, "payer"],
    [{ source: { ...source, absorption_type: "customer" } }, "payer"],
    [{ source, zero_interest_installments: true }, "merchant"],
  ])("reads bank, term and who bears the interest of %j", (charge, interestBorneBy) => {
    expect(methodOf(charge)).toMatchObject({
      method: { _tag: "Installment", bank: "first-choice", termMonths: 36, interestBorneBy },
    })
  })

  it("keeps a type that has no row, and reads its instructions all the same", () => {
    const body = {
      ...BILL,
      source: { type: "bill_payment_papaya", flow: "offline", references: { payment_code: "12" } },
    }
    expect(eventsOf(body)).toMatchObject([
      { method: { _tag: "Other", word: "bill_payment_papaya" } },
      { instructions: { paymentNumber: "12" } },
    ])
  })

  it("reads the QR image, and a card's brand where it is told", () => {
    const image = { object: "document", download_uri: "https://api.omise.co/qr.png" }
    const body = {
      ...BILL,
      source: { type: "paynow", flow: "offline", scannable_code: { object: "barcode", type: "qr", image } },
    }
    expect(eventOf("PaymentAwaiting", body)).toMatchObject({
      instructions: { qrImageUrl: "https://api.omise.co/qr.png" },
    })
    expect(eventOf("PaymentCreated", CARD)).toMatchObject({ method: { _tag: "Card", brand: "visa" } })
    expect(eventOf("PaymentCreated", { ...CARD, card: { object: "card", deleted: true } })).toMatchObject({
      method: { _tag: "Card" },
    })
  })

  it("reads the method of the oldest shapes by their words", () => {
    expect(
      eventOf("PaymentCreated", { ...CARD, card: null, source_of_fund: "offsite", offsite: "alipay" }),
    ).toMatchObject({
      method: { _tag: "Wallet", wallet: "alipay" },
    })
  })

  it("finds flags that must agree and do not, for econtext alone", () => {
    const disagree = { status: "pending", authorized: true, paid: false }
    expect(eventOf("PaymentCreated", { ...ECONTEXT, ...disagree })).toMatchObject({
      disagreements: ["authorized is true and paid is false; for econtext the two never differ"],
    })
    expect(eventOf("PaymentCreated", { ...INSTALLMENT, ...disagree })).not.toHaveProperty("disagreements")
  })
})

describe("what a body says beside the payment", () => {
  it("takes the first of the merchant's keys, a number too, and no inherited one", () => {
    const reference = (metadata: unknown) =>
      eventOf("PaymentCreated", { ...CARD, metadata }, { referenceKeys: ["toString", "order", "id"] })
    expect(reference({ id: "2", order: "1" })).toMatchObject({ orderReference: { value: "1" } })
    expect(reference({ order: 3947 })).toMatchObject({ orderReference: { value: "3947" } })
    expect(reference({ order: "", id: 1.5 })).not.toHaveProperty("orderReference")
    expect(reference("order")).not.toHaveProperty("orderReference")
  })

  it("takes the mode from the id where no flag tells it", () => {
    const { livemode: _, ...rest } = CARD
    expect(eventOf("PaymentCreated", rest)).toMatchObject({ mode: "test" })
    expect(eventOf("PaymentCreated", { ...rest, id: "chrg_5card" })).toMatchObject({ mode: "live" })
    expect(eventOf("PaymentCreated", { ...rest, id: "other" })).not.toHaveProperty("mode")
  })

  it("replaces what no store accepts, and says so", () => {
    const part = partOf({ ...CARD, metadata: { order_id: "a\u0000\ud800" } })
    expect(part).toMatchObject({ replaced: ["[0].orderReference.value"] })
    expect(eventOf("PaymentCreated", { ...CARD, metadata: { order_id: "a\u0000\ud800" } })).toMatchObject({
      orderReference: { value: "a\uFFFD\uFFFD" },
    })
  })

  it("never shows who pays", () => {
    const source = { ...(typeof ECONTEXT["source"] === "object" ? ECONTEXT["source"] : {}) }
    const shown = JSON.stringify(translateAll({ ...ECONTEXT, source, status: "failed", failure_code: "timeout" }))
    expect(shown).not.toMatch(/テスト|taro|0300000000/)
  })
})
