import { describe, expect, it } from "vitest"
import { CARD } from "../charges.ts"
import { eventOf, partOf } from "../translated.ts"

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
