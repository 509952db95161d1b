import { describe, expect, it } from "vitest"
import { fold, withdrawnVersions } from "../../src/payment/fold.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { created, expired, paid, withdrawn } from "../../testing/exampleEvents.ts"

describe("fold", () => {
  it("of nothing is nothing known", () => {
    expect(fold([])).toBe(UNKNOWN_PAYMENT)
  })

  it("leaves out what is withdrawn, first version 1", () => {
    expect(fold([created(), paid(), withdrawn(2)])).toEqual(fold([created()]))
    expect(fold([created(), paid(), withdrawn(1)])).toEqual(fold([paid()]))
    expect(fold([created(), paid(), withdrawn(1, 2)])).toEqual(UNKNOWN_PAYMENT)
  })

  it("leaves out a fact that stands after its withdrawal", () => {
    expect(fold([withdrawn(2), paid()])).toEqual(UNKNOWN_PAYMENT)
  })

  it("takes a withdrawal of what does not exist, of itself, or twice", () => {
    expect(fold([paid(), withdrawn(9)])).toEqual(fold([paid()]))
    expect(fold([paid(), withdrawn(2)])).toEqual(fold([paid()]))
    expect(fold([paid(), withdrawn(1), withdrawn(1)])).toEqual(UNKNOWN_PAYMENT)
  })

  it("never brings back a fact by withdrawing its withdrawal", () => {
    expect(fold([paid(), withdrawn(1), withdrawn(2)])).toEqual(UNKNOWN_PAYMENT)
  })

  it("keeps one of two equal reports when the other is withdrawn", () => {
    expect(fold([expired(), expired(), withdrawn(1)])).toEqual(fold([expired()]))
  })

  it("knows which versions are withdrawn", () => {
    expect(withdrawnVersions([paid(), withdrawn(1, 5), withdrawn(5)])).toEqual(new Set([1, 5]))
  })
})
