import { DEFAULT_TRANSLATE_SETTINGS, type Translation } from "@payfold/domain"
import { describe, expect, it } from "vitest"
import { translate } from "../src/translate.ts"
import { CARD, ECONTEXT } from "./charges.ts"
import { eventOf, partOf, tagsOf } from "./translated.ts"

const translateAll = (body: unknown): Translation => translate(body, DEFAULT_TRANSLATE_SETTINGS)

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
    [{ object: "list", data: [{ object: "search", data: [] }] }, "at data.0, found a search"],
    [{ ...event, data: { object: "search", data: [CARD] } }, "another object at data, found a search"],
    [{ ...event, data: null }, "an event cannot be read"],
    [{ object: "list", data: [{ ...event, data: null }] }, "at data.0.data, found null"],
    [[{ ...CARD, amount: null }], "expected an amount in minor units at 0.amount, found null"],
    [{ object: "search", data: [{ ...event, data: { ...CARD, amount: 1.5 } }] }, "minor units at data.0.data.amount"],
    [{ object: "list", data: [7] }, "at data.0, found a positive number"],
    [{ object: "list", data: [{ ...CARD, status: null, paid: null }] }, "at data.0.status, found nothing"],
    [{ ...CARD, amount: "some" }, "expected an amount in minor units at amount, found a text of 4 characters"],
    [{ ...CARD, amount: 0 }, "expected an amount in minor units at amount, found 0"],
    [{ ...CARD, id: 7 }, "expected the id of a charge at id, found a positive number"],
    [{ ...event, data: { ...event, data: CARD } }, "an event cannot be read"],
    [null, "found null"],
    [7, "found a positive number"],
    ["taro@example.com", "found a text of 16 characters"],
    [{ object: 7, id: "chrg_test_1" }, "expected the kind of the object at object"],
    [{ object: "charge" }, "expected the id of a charge at id, found nothing"],
    [{ ...CARD, id: "chrg 1" }, "at id"],
    [{ ...CARD, id: "ชาร์จ" }, "at id"],
    [{ ...CARD, currency: "BAHT" }, "expected a currency code of three letters at currency"],
    [{ ...CARD, status: 7 }, "expected a status at status, found a positive number"],
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
