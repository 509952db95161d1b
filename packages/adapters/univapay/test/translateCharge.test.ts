import { describe, expect, test } from "vitest"
import { PUBLISHED_CODES } from "../src/charge/failureCause.ts"
import { fixture } from "./fixture.ts"
import { implied, reasonFor, type Said } from "./implied.ts"

const awaiting = fixture("seed-001-3-awaiting")
const konbini: Record<string, unknown> = { ...awaiting, metadata: { ...Object(awaiting["metadata"]) } }
const bare: Record<string, unknown> = { ...awaiting, metadata: {} }
const token = fixture("konbini-token")
const expiry = fixture("expiry-latest")

const said = (tag: Said["_tag"], body: unknown) => implied(body).find(event => event._tag === tag)

describe("status", () => {
  test.each([
    ["pending", ["PaymentCreated"]],
    ["awaiting", ["PaymentCreated", "PaymentAwaiting"]],
    ["authorized", ["PaymentCreated"]],
    ["successful", ["PaymentCreated", "PaymentPaid"]],
    ["failed", ["PaymentCreated", "PaymentFailed"]],
    ["error", ["PaymentCreated", "PaymentFailed"]],
    ["canceled", ["PaymentCreated", "PaymentFailed"]],
  ])("%s implies %j", (status, tags) => {
    expect(implied({ ...bare, status }).map(event => event._tag)).toEqual(tags)
  })

  test("a snapshot that still holds the number tells that the payer was awaited, whatever its status", () => {
    for (const status of ["pending", "successful", "failed", "error", "canceled"])
      expect(said("PaymentAwaiting", { ...konbini, status })).toMatchObject({
        instructions: { paymentNumber: "20020-123456789012" },
      })
  })

  test("a slip alone is cash at a counter that nobody named, and tells that the payer was awaited", () => {
    const metadata = { internal_convenience_payment_url: "https://example.com/slip" }
    const events = implied({ ...bare, status: "failed", metadata })
    expect(events).toMatchObject([
      { _tag: "PaymentCreated", method: { _tag: "CounterCash" } },
      { _tag: "PaymentAwaiting", instructions: { slipUrl: "https://example.com/slip" } },
      { _tag: "PaymentFailed" },
    ])
  })

  test("a status nobody published is kept as a disagreement, without a guess what it means", () => {
    expect(implied({ ...bare, status: "on_hold" })).toMatchObject([
      { _tag: "PaymentCreated", disagreements: ["the status “on_hold” is not one that UnivaPay publishes"] },
    ])
    expect(implied({ ...bare, status: "Taro Yamada" })).toMatchObject([
      { disagreements: ["the status a text of 11 characters is not one that UnivaPay publishes"] },
    ])
  })

  test("an authorised charge has nothing more for its payer to do; no other status says so", () => {
    expect(said("PaymentCreated", { ...bare, status: "authorized" })).toMatchObject({ authorised: true })
    for (const status of ["pending", "awaiting", "successful", "failed", "error", "canceled"])
      expect(said("PaymentCreated", { ...bare, status })).not.toHaveProperty("authorised")
  })

  test("cannot read a charge without a status", () => {
    expect(reasonFor({ ...bare, status: null })).toBe(
      "Unreadable: a charge cannot be read: expected a status at status, found null",
    )
  })
})

describe("money", () => {
  test("received is what was charged, in the currency that was charged", () => {
    const body = {
      ...bare,
      status: "successful",
      charged_amount: 1250,
      charged_currency: "USD",
      fee_amount: 0,
      fee_currency: "JPY",
    }
    expect(said("PaymentPaid", body)).toEqual({
      _tag: "PaymentPaid",
      received: { amount: 1250, currency: "USD" },
      fees: { currency: "JPY", fee: 0 },
    })
  })

  test("received is unknown where the charge does not tell it", () => {
    for (const lost of [{ charged_amount: null }, { charged_currency: null }, { charged_amount: "viel" }])
      expect(said("PaymentPaid", { ...bare, status: "successful", ...lost })).toEqual({ _tag: "PaymentPaid" })
  })

  test("numerals in texts are read, small currency letters too", () => {
    expect(said("PaymentCreated", { ...bare, requested_amount: "100", requested_currency: "jpy" })).toMatchObject({
      requested: { amount: 100, currency: "JPY" },
    })
  })

  test.each([
    ["nothing", undefined, "expected an amount in minor units at requested_amount, found nothing"],
    ["0", 0, "found 0"],
    ["a part of a yen", 99.5, "found a number that is not whole"],
    ["more than 2^53", 2 ** 53, "found a number beyond 2^53"],
    ["a written number", "1e3", "found a text of 3 characters"],
  ])("cannot read a charge whose amount is %s", (_, amount, found) => {
    const { requested_amount, ...rest } = bare
    expect(reasonFor(amount === undefined ? rest : { ...rest, requested_amount: amount })).toContain(found)
  })
})

describe("failures", () => {
  const failed = (error: unknown, status = "failed") => said("PaymentFailed", { ...bare, status, error })

  test.each(PUBLISHED_CODES)("code %i is a cause", code => {
    expect(failed({ code, message: "why" })).toMatchObject({ cause: { code: String(code), message: "why" } })
  })

  test.each([313, 327, 347, 999])(
    "code %i names no cause, so it may be an expiry; it is kept with its message",
    code => {
      const cause = { code: String(code), message: "why" }
      expect(failed({ code, message: "why" })).toEqual({ _tag: "PaymentFailed", mayBeExpiry: true, cause })
    },
  )

  test("a message reaches nobody: addresses and numbers are left out", () => {
    const message = "call 03-1234-5678 or mail taro@example.com"
    const cause = { message: "call … or mail …" }
    expect(failed({ code: 304, message })).toMatchObject({ cause })
    expect(failed({ code: 999, message })).toMatchObject({ cause })
    expect(failed({ message }, "canceled")).toMatchObject({ cause })
  })

  test.each([[null], [{}], [{ code: null, message: "why" }], ["a text"]])(
    "%j names no cause, so it may be an expiry",
    error => {
      expect(failed(error)).toEqual({ _tag: "PaymentFailed", mayBeExpiry: true })
    },
  )

  test("error and canceled always name a cause", () => {
    expect(failed(null, "error")).toEqual({ _tag: "PaymentFailed", cause: { category: "provider-error" } })
    expect(failed({ code: "304", message: "old" }, "error")).toEqual({
      _tag: "PaymentFailed",
      cause: { category: "declined", code: "304", message: "old" },
    })
    expect(failed({}, "canceled")).toEqual({ _tag: "PaymentFailed", cause: { category: "cancelled" } })
  })
})

describe("the set of charge, token and expiry", () => {
  const awaitingIn = (set: Record<string, unknown>) => said("PaymentAwaiting", set)

  test("takes the store from the token, and the deadline from the expiry where it was fetched", () => {
    const set = { charge: konbini, token, expiry }
    expect(said("PaymentCreated", set)).toMatchObject({ method: { _tag: "Konbini", store: "seven-eleven" } })
    expect(awaitingIn(set)).toMatchObject({ deadline: "2022-08-03T14:59:59.000Z" })
  })

  test("computes the deadline from the token where no expiry was fetched", () => {
    expect(awaitingIn({ charge: konbini, token, expiry: null })).toMatchObject({ deadline: "2022-07-27T14:59:59.000Z" })
    expect(awaitingIn({ charge: konbini, token })).toMatchObject({ deadline: "2022-07-27T14:59:59.000Z" })
  })

  test.each([[[]], ["gone"], [{}], [{ charge_id: konbini["id"], expiration_date: "soon" }]])(
    "an expiry that was fetched and reads %j leaves the deadline unknown",
    unreadable => {
      expect(awaitingIn({ charge: konbini, token, expiry: unreadable })).not.toHaveProperty("deadline")
    },
  )

  test("a set of the charge alone says what the bare charge says", () => {
    expect(implied({ charge: konbini })).toEqual(implied(konbini))
    expect(implied({ charge: konbini, token: null, expiry: null })).toEqual(implied(konbini))
    expect(implied({ charge: konbini, token: "gone", expiry: [] })).toEqual(implied(konbini))
  })

  test("leaves out a token and an expiry of another charge, and says so", () => {
    const set = { charge: konbini, token: { ...token, id: "other" }, expiry: { ...expiry, charge_id: "other" } }
    expect(said("PaymentCreated", set)).toMatchObject({
      method: { _tag: "CounterCash" },
      disagreements: [
        "the token that came with the charge is not the charge's token",
        "the expiry that came with the charge is another charge's",
      ],
    })
    expect(awaitingIn(set)).not.toHaveProperty("deadline")
  })

  test("Pay-easy adds the institution's number, which no answer tells", () => {
    const payEasy = { ...token, data: { ...Object(token["data"]), convenience_store: "pay_easy" } }
    expect(said("PaymentCreated", { charge: konbini, token: payEasy })).toMatchObject({ method: { _tag: "PayEasy" } })
    expect(awaitingIn({ charge: konbini, token: payEasy })).toMatchObject({
      instructions: { paymentNumber: "20020-123456789012", institutionNumber: "58091" },
    })
  })

  test("a bank transfer's account stands in its token, and proves that the payer was awaited", () => {
    const bank = fixture("bank-transfer-token")
    const charge = {
      ...bare,
      transaction_token_id: bank["id"],
      status: "failed",
      created_on: "2024-01-01T03:04:05.67891Z",
    }
    expect(implied({ charge, token: bank }).slice(1)).toEqual([
      {
        _tag: "PaymentAwaiting",
        instructions: { accountNumber: "0012345", bankName: "あおぞら銀行", branchCode: "001", branchName: "本店" },
        deadline: "2024-01-08T14:59:59.000Z",
      },
      { _tag: "PaymentFailed", mayBeExpiry: true },
    ])
  })

  test("names the field of the charge that cannot be read", () => {
    expect(reasonFor({ charge: { ...konbini, id: 7 }, token })).toBe(
      "Unreadable: a charge cannot be read: expected the id of a charge at charge.id, found a positive number",
    )
    expect(reasonFor({ charge: null })).toBe(
      "Unreadable: a charge cannot be read: expected object at charge, found null",
    )
  })
})

describe("what is loose", () => {
  test("the merchant's return addresses are no instructions, and empty objects mean none", () => {
    expect(implied(fixture("card-charge-three-ds"))).toEqual([
      {
        _tag: "PaymentCreated",
        provider: "univapay",
        chargeId: "11efdfaf-1e1d-899c-9c99-8718c995d6c0",
        mode: "test",
        requested: { amount: 100, currency: "JPY" },
        createdAt: "2025-01-31T08:41:08.925Z",
      },
      { _tag: "PaymentAwaiting", instructions: {} },
    ])
  })

  test.each([
    [{ order_id: "A-1" }, "A-1"],
    [{ orderid: 123456 }, "123456"],
    [{ orderId: 10.5 }, "10.5"],
    [{ order_id: null, orderid: "B-2" }, "B-2"],
    [{ order_id: "", order_reference: "C-3" }, "C-3"],
  ])("the order reference of %j is %s", (metadata, value) => {
    expect(said("PaymentCreated", { ...bare, metadata })).toMatchObject({ orderReference: { value } })
  })

  test.each([
    [{}],
    [null],
    ["order_id"],
    [[]],
    [{ order_id: { a: 1 } }],
    [{ order_id: 2 ** 53 }],
    [{ order_id: true }],
  ])("metadata %j holds no order reference", metadata => {
    expect(said("PaymentCreated", { ...bare, metadata })).not.toHaveProperty("orderReference")
  })

  test("a key of the prototype is a key like any other", () => {
    const metadata = JSON.parse('{"__proto__":{"order_id":"no"}}')
    expect(said("PaymentCreated", { ...bare, metadata })).not.toHaveProperty("orderReference")
  })

  test("the mode of 2017 is read, and one that contradicts it is named", () => {
    const { mode, ...old } = bare
    expect(said("PaymentCreated", { ...old, test_mode: true })).toMatchObject({ mode: "test" })
    expect(said("PaymentCreated", { ...old, mode: "live_test" })).not.toHaveProperty("mode")
    expect(said("PaymentCreated", { ...old, mode: "live", test_mode: true })).toMatchObject({
      mode: "live",
      disagreements: ["the charge's mode and its test_mode differ"],
    })
  })

  test("mistyped optional fields are unknown, and the rest is read", () => {
    const odd = {
      ...bare,
      status: "successful",
      mode: 1,
      created_on: {},
      error: [],
      transaction_token_id: 7,
      fee_amount: "x",
    }
    expect(implied(odd)).toEqual([
      {
        _tag: "PaymentCreated",
        provider: "univapay",
        chargeId: bare["id"],
        requested: { amount: 100, currency: "JPY" },
      },
      { _tag: "PaymentPaid", received: { amount: 100, currency: "JPY" } },
    ])
  })

  test("what no store accepts is replaced, and said so", () => {
    expect(said("PaymentCreated", { ...bare, metadata: { order_id: "A\u0000\ud800" } })).toMatchObject({
      orderReference: { value: "A\ufffd\ufffd" },
    })
  })
})
