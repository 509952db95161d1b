import { describe, expect, it } from "vitest"
import { toPaymentId } from "../src/PaymentId.ts"

describe("toPaymentId", () => {
  it("puts the provider before the charge id", () => {
    expect(toPaymentId("omise", "chrg_1")).toBe("omise:chrg_1")
  })

  it.each(["a", "!", "~", "a:b", "x".repeat(128)])("takes %s", id => {
    expect(toPaymentId("omise", id)).toBe(`omise:${id}`)
  })

  it.each(["", " ", "a b", "a\n", "\u0000", "é", "x".repeat(129)])("refuses %j", id => {
    expect(toPaymentId("omise", id)).toBeUndefined()
  })
})
