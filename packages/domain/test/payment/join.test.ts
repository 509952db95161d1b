import { describe, expect, it } from "vitest"
import { evolve, says } from "../../src/payment/evolve.ts"
import { fold } from "../../src/payment/fold.ts"
import { join, sumOf } from "../../src/payment/join.ts"
import { toPayment } from "../../src/payment/Payment.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import {
  awaitingEvent,
  createdEvent,
  paidEvent,
  refundedEvent,
  refundedTotalEvent,
} from "../../testing/exampleEvents.ts"
import { minute } from "../../testing/generators/moments.ts"
import { money } from "../../testing/generators/money.ts"

describe("join", () => {
  it("is the first state itself where the second adds nothing", () => {
    const state = fold([createdEvent(), paidEvent({ received: money(1, "JPY") }), refundedEvent(3)])
    for (const event of [createdEvent(), paidEvent(), refundedEvent(3), refundedEvent(2), refundedTotalEvent(3)]) {
      expect(evolve(state, event)).toBe(state)
    }
    expect(join(state, UNKNOWN_PAYMENT)).toBe(state)
    expect(join(state, structuredClone(state))).toBe(state)
  })

  it("keeps the eight smallest of nine values that contradict each other", () => {
    const values = ["i", "h", "g", "f", "e", "d", "c", "b", "a"]
    const state = fold(values.map(value => createdEvent({ orderReference: { value } })))
    expect(state.facts["orderReference"]?.values).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"])
  })

  it("keeps the eight smallest of nine sentences, each once", () => {
    const told = createdEvent({ disagreements: ["i", "h", "i", "g", "f", "e", "d", "c", "b", "a"] })
    expect(says(told).disagreements).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"])
    expect(fold([told])).toEqual(says(told))
  })

  it("takes a newer adapter's value and an older one's where the newer says nothing", () => {
    const older = createdEvent({ mode: "live", orderReference: { value: "a" } })
    const newer = createdEvent({ mode: "test", adapterVersion: 2 })
    expect(toPayment(fold([older, newer]))).toMatchObject({ mode: "test", orderReference: "a", discrepancies: [] })
    expect(toPayment(fold([newer, older]))).toMatchObject({ mode: "test", orderReference: "a", discrepancies: [] })
  })

  it("takes the order reference that was reported last, and a dated one before an undated one", () => {
    const [first, last, undated] = [
      createdEvent({ orderReference: { value: "a", reportedAt: minute(2) } }),
      createdEvent({ orderReference: { value: "b", reportedAt: minute(3) } }),
      createdEvent({ orderReference: { value: "0" } }),
    ]
    expect(toPayment(fold([last, undated, first]))).toMatchObject({ orderReference: "b", discrepancies: [] })
  })

  it("completes instructions leaf by leaf", () => {
    const halves = [
      awaitingEvent({ instructions: { paymentNumber: "1" } }),
      awaitingEvent({ instructions: { pageUrl: "u" } }),
    ]
    expect(toPayment(fold(halves)).instructions).toEqual({ pageUrl: "u", paymentNumber: "1" })
  })

  it("keeps a key that is a word of JavaScript", () => {
    const state = fold([refundedEvent(1, "JPY", "__proto__"), refundedEvent(1, "JPY", "constructor")])
    expect(sumOf(state.refunds, "JPY")).toBe(2)
  })
})

describe("sumOf", () => {
  it("adds one currency, and stops at the largest amount there is", () => {
    expect(sumOf({ "JPY a": 1, "JPY b": 2, "THB a": 4 }, "JPY")).toBe(3)
    expect(sumOf({ "JPY a": Number.MAX_SAFE_INTEGER, "JPY b": 1 }, "JPY")).toBe(Number.MAX_SAFE_INTEGER)
    expect(sumOf({}, "JPY")).toBe(0)
  })
})
