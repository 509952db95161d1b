import { DEFAULT_TRANSLATE_SETTINGS } from "@payfold/domain"
import { describe, expect, test } from "vitest"
import { translate } from "../src/translate.ts"
import { fixture } from "./fixture.ts"
import { implied, reasonFor } from "./implied.ts"

const awaiting = fixture("seed-001-3-awaiting")
const refund = fixture("refund")
const cancel = fixture("cancel")

describe("envelopes", () => {
  test("the old envelope, the current one and the bare charge say the same, but for the date of the order reference", () => {
    const charge = { ...awaiting, metadata: { order_id: "A-1" } }
    const bare = implied(charge)
    expect(implied({ event: "charge_updated", data: charge })).toEqual(bare)
    const dated = implied({
      id: "delivery-1",
      event: "charge_updated",
      created_on: "2026-04-09T07:36:00.123456Z",
      data: charge,
    })
    expect(dated[0]).toEqual({
      ...bare[0],
      orderReference: { value: "A-1", reportedAt: "2026-04-09T07:36:00.123Z" },
    })
  })

  test("reads the status, never the name of the event", () => {
    const finished = { event: "charge_finished", data: awaiting }
    expect(implied(finished).map(said => said._tag)).toEqual(["PaymentCreated", "PaymentAwaiting"])
    const unheardOf = { event: "charge_exploded", data: { ...awaiting, status: "successful" } }
    expect(implied(unheardOf).map(said => said._tag)).toEqual(["PaymentCreated", "PaymentAwaiting", "PaymentPaid"])
  })

  test("the delivery's id is not the charge's", () => {
    const [part] = translate({ id: "delivery-1", event: "charge_updated", data: awaiting }, DEFAULT_TRANSLATE_SETTINGS)
    expect(part).toMatchObject({ payment: `univapay:${awaiting["id"]}` })
  })

  test("a webhook that lost its event is read where it brings a whole charge, and nowhere else", () => {
    expect(implied({ data: awaiting })).toEqual(implied(awaiting))
    expect(reasonFor({ id: "delivery-1", data: cancel })).toMatch(
      /^Unreadable: a webhook without an event cannot be read/,
    )
  })

  test("cannot read an event it does not know, unless it brings a whole charge", () => {
    expect(reasonFor({ event: "dispute_opened", data: cancel })).toBe(
      "Unreadable: a webhook “dispute_opened” cannot be read: expected a whole charge, since no such event is known at data, found another object",
    )
  })

  test("cannot read data that is not what its event announces", () => {
    expect(reasonFor({ event: "cancel_finished", data: refund })).toBe(
      "Unreadable: a webhook “cancel_finished” cannot be read: expected a cancel, as the event says at data, found what looks like a refund",
    )
    expect(reasonFor({ event: "charge_updated", data: null })).toBe(
      "Unreadable: a webhook “charge_updated” cannot be read: expected an object such as a charge at data, found null",
    )
  })

  test("a refund that lost its amounts does not become a cancel", () => {
    const { amount, currency, amount_formatted, reason, message, ...rest } = refund
    expect(reasonFor({ event: "refund_finished", data: rest })).toBe(
      "Unreadable: a refund cannot be read: expected an amount in minor units at data.amount, found nothing",
    )
  })
})

describe("lists", () => {
  test("each item is a part of its own, in order, readable or not", () => {
    const items = [awaiting, fixture("konbini-token"), { ...awaiting, status: 1 }, 7]
    expect(
      translate({ items, has_more: false, total_hits: 4 }, DEFAULT_TRANSLATE_SETTINGS).map(part => part._tag),
    ).toEqual(["Implied", "Ignored", "Unreadable", "Unreadable"])
    expect(translate(items, DEFAULT_TRANSLATE_SETTINGS)).toHaveLength(4)
  })

  test.each([[[]], [[{ name: "a hat" }]]])(
    "a charge that holds items %j is a charge, bare or in an envelope",
    items => {
      const said = implied(awaiting)
      expect(implied({ ...awaiting, items })).toEqual(said)
      expect(implied({ event: "charge_updated", data: { ...awaiting, items } })).toEqual(said)
      expect(implied({ event: "charge_updated", data: awaiting, items })).toEqual(said)
      expect(implied({ data: awaiting, items })).toEqual(said)
      expect(implied({ charge: awaiting, items })).toEqual(said)
      expect(reasonFor({ id: "1", status: "successful", items })).toMatch(/^Unreadable: the body cannot be read/)
    },
  )

  test("an empty list has nothing to read", () => {
    expect(reasonFor({ items: [], has_more: false, total_hits: 0 })).toBe(
      "Ignored: an empty list says nothing about a payment",
    )
  })

  test("names the item that cannot be read", () => {
    const [, part] = translate(
      { items: [awaiting, { ...awaiting, requested_amount: "1,000" }] },
      DEFAULT_TRANSLATE_SETTINGS,
    )
    expect(part).toEqual({
      _tag: "Unreadable",
      reason:
        "a charge cannot be read: expected an amount in minor units at items.1.requested_amount, found a text of 5 characters",
    })
  })
})

describe("refunds", () => {
  const created = {
    _tag: "PaymentCreated",
    provider: "univapay",
    chargeId: "6efb4e5c-690a-40f3-a4f1-0e19c5f84e98",
    mode: "live",
  }

  test.each([
    ["customer_request", "Refund"],
    ["duplicate", "Refund"],
    ["fraud", "Refund"],
    ["system_failure", "Refund"],
    [null, "Refund"],
    ["a reason of tomorrow", "Refund"],
    ["chargeback", "Chargeback"],
    ["chargeback_fee_exempt", "Chargeback"],
    ["chargeback_reverse", "ChargebackReversal"],
  ])("a successful refund for the reason %s is a %s", (reason, tag) => {
    expect(implied({ event: "refund_finished", data: { ...refund, reason } })).toEqual([
      created,
      { _tag: "PaymentRefunded", refund: { _tag: tag, id: refund["id"], amount: 1000, currency: "JPY" } },
    ])
  })

  test("pending and failed ones move no money", () => {
    expect(reasonFor({ ...refund, status: "pending" })).toBe(
      "Ignored: a refund in the status “pending” has moved no money that we know of",
    )
    expect(reasonFor({ ...refund, status: "failed" })).toBe(
      "Ignored: a refund in the status “failed” has moved no money that we know of",
    )
    expect(reasonFor({ ...refund, status: "error" })).toMatch(/^Ignored/)
    expect(reasonFor({ ...refund, status: "half way" })).toBe(
      "Ignored: a refund in the status a text of 8 characters has moved no money that we know of",
    )
  })
})

describe("cancels", () => {
  test("a successful one calls its charge off", () => {
    expect(implied({ event: "cancel_finished", data: cancel })).toEqual([
      { _tag: "PaymentCreated", provider: "univapay", chargeId: cancel["charge_id"], mode: "live" },
      { _tag: "PaymentFailed", cause: { category: "cancelled" } },
    ])
  })

  test.each(["amount", "customs_amount", "payment_status", "gateway", "declaration", "Taro Yamada"])(
    "a bare object with the field %j too is none",
    field => {
      expect(reasonFor({ ...cancel, [field]: "1" })).not.toMatch(/^implied/)
    },
  )

  test("one that has more than a cancel's fields is told by what it has, unless its event announces it", () => {
    expect(reasonFor({ items: [{ ...cancel, gateway: "wechat_online" }] })).toBe(
      "Unreadable: the body cannot be read: expected the fields of a cancel and no others at items.0, found “gateway” among them",
    )
    const announced = { event: "cancel_finished", data: { ...cancel, gateway: "wechat_online" } }
    expect(implied(announced)).toEqual(implied(cancel))
    expect(implied({ ...cancel, merchant_id: "1", platform_id: "2" })).toEqual(implied(cancel))
  })

  test("a failed one, which is finished too, changes nothing", () => {
    expect(reasonFor({ event: "cancel_finished", data: { ...cancel, status: "failed" } })).toMatch(/^Ignored/)
    expect(reasonFor({ ...cancel, status: "pending" })).toMatch(/^Ignored/)
  })
})

describe("bank transfers", () => {
  const webhook = fixture("webhook-bank-transfer-status")
  const created = {
    _tag: "PaymentCreated",
    provider: "univapay",
    chargeId: "11ef0000-0000-4000-8000-000000000001",
    method: { _tag: "BankTransfer" },
    requested: { amount: 1000, currency: "JPY" },
    orderReference: { value: "order_12345", reportedAt: "2026-04-09T07:36:00.123Z" },
  }

  test.each([
    ["unpaid", undefined],
    ["insufficient", undefined],
    ["exact", undefined],
    ["exceeded", ["more was deposited by bank transfer than was asked for"]],
  ])("%s deposits are not a payment yet", (status, disagreements) => {
    const data = { ...Object(webhook["data"]), payment_status: status }
    expect(implied({ ...webhook, data })).toEqual([
      { ...created, ...(disagreements === undefined ? {} : { disagreements }) },
      { _tag: "PaymentAwaiting", instructions: {} },
    ])
  })
})

describe("look-alikes", () => {
  test.each([
    ["webhook-customs-declaration", "a customs declaration names a charge"],
    ["subscription", "a subscription is a plan"],
    ["card-token-cvv", "a transaction token says"],
    ["konbini-token", "a transaction token says"],
    ["expiry-latest", "an expiry says until when"],
  ])("ignores %s and says why", (name, reason) => {
    expect(reasonFor(fixture(name))).toContain(`Ignored: ${reason}`)
  })

  test("ignores a customs declaration without its declaration, which then looks like a cancel", () => {
    const webhook = fixture("webhook-customs-declaration")
    const { declaration, declaration_result, ...rest } = Object(webhook["data"])
    expect(reasonFor({ ...webhook, data: rest })).toMatch(/^Ignored: a customs declaration/)
  })

  test.each([
    ["an error answer", { status: "error", code: "NOT_FOUND", errors: [] }, /^Ignored: an error answer/],
    [
      "a history entry",
      { resource_id: "1", charge_id: "1", amount: 1, currency: "JPY", type: "refund", status: "successful" },
      /^Ignored: an entry/,
    ],
    [
      "a payout",
      { id: "1", bank_account_id: "2", amount: 1, currency: "JPY", status: "created" },
      /^Ignored: a transfer/,
    ],
    ["a bank ledger", { bank_ledger_type: "deposit", amount: 1, balance: 1 }, /^Ignored: a ledger/],
    [
      "a virtual account's issuer token",
      { issuer_token: "https://example.com", call_method: "http_get" },
      /^Ignored: an issuer token/,
    ],
    ["a webhook's registration", { id: "1", triggers: [], url: "https://example.com" }, /^Ignored: a webhook's/],
    [
      "an object of nobody's",
      { id: "1", name: "store" },
      /^Unreadable: the body cannot be read: expected the fields of a charge, a refund or a cancel, found an object without them$/,
    ],
    ["a fragment", { brand: "alipay_online" }, /^Ignored: it has no id/],
    ["null", null, /^Unreadable: the body cannot be read: .* found null$/],
    ["a text", "successful", /^Unreadable: the body cannot be read: .* found a text of 10 characters$/],
  ])("%s", (_, body, reason) => {
    expect(reasonFor(body)).toMatch(reason)
  })
})
