import { describe, expect, it } from "vitest"
import { fold, withdrawnVersions } from "../../src/payment/fold.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { createdEvent, expiredEvent, paidEvent, withdrawnEvent } from "../../testing/exampleEvents.ts"

describe("fold", () => {
  it("of nothing is nothing known", () => {
    expect(fold([])).toBe(UNKNOWN_PAYMENT)
  })

  it("leaves out what is withdrawn, first version 1", () => {
    expect(fold([createdEvent(), paidEvent(), withdrawnEvent(2)])).toEqual(fold([createdEvent()]))
    expect(fold([createdEvent(), paidEvent(), withdrawnEvent(1)])).toEqual(fold([paidEvent()]))
    expect(fold([createdEvent(), paidEvent(), withdrawnEvent(1, 2)])).toEqual(UNKNOWN_PAYMENT)
  })

  it("leaves out a fact that stands after its withdrawal", () => {
    expect(fold([withdrawnEvent(2), paidEvent()])).toEqual(UNKNOWN_PAYMENT)
  })

  it("takes a withdrawal of what does not exist, of itself, or twice", () => {
    expect(fold([paidEvent(), withdrawnEvent(9)])).toEqual(fold([paidEvent()]))
    expect(fold([paidEvent(), withdrawnEvent(2)])).toEqual(fold([paidEvent()]))
    expect(fold([paidEvent(), withdrawnEvent(1), withdrawnEvent(1)])).toEqual(UNKNOWN_PAYMENT)
  })

  it("never brings back a fact by withdrawing its withdrawal", () => {
    expect(fold([paidEvent(), withdrawnEvent(1), withdrawnEvent(2)])).toEqual(UNKNOWN_PAYMENT)
  })

  it("keeps one of two equal reports when the other is withdrawn", () => {
    expect(fold([expiredEvent(), expiredEvent(), withdrawnEvent(1)])).toEqual(fold([expiredEvent()]))
  })

  it("knows which versions are withdrawn", () => {
    expect(withdrawnVersions([paidEvent(), withdrawnEvent(1, 5), withdrawnEvent(5)])).toEqual(new Set([1, 5]))
  })
})
