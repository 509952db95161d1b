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

  it("is the first state itself where a total is told again, also beside one that is explained", () => {
    const state = fold([refundedTotalEvent(5, "JPY"), refundedTotalEvent(7, "THB"), refundedEvent(5, "JPY")])
    expect(state.refundedTotal).toEqual({ THB: 7 })
    for (const event of [refundedTotalEvent(5, "JPY"), refundedTotalEvent(7, "THB"), refundedTotalEvent(6, "THB")]) {
      expect(evolve(state, event)).toBe(state)
    }
  })

  it("drops the total that the second explains, and takes the larger one that it tells", () => {
    const told = join(fold([refundedTotalEvent(5)]), fold([refundedEvent(5), refundedTotalEvent(9, "THB")]))
    expect(told.refundedTotal).toEqual({ THB: 9 })
    expect(join(told, fold([refundedTotalEvent(10, "THB")])).refundedTotal).toEqual({ THB: 10 })
  })

  it("keeps the eight smallest, whichever place among them a new one takes", () => {
    const state = fold(["a", "c", "e", "g", "i", "k", "m", "o"].map(value => createdEvent({ disagreements: [value] })))
    const told = (value: string) => evolve(state, createdEvent({ disagreements: [value] })).disagreements.join("")
    expect([told("A"), told("d"), told("n"), told("p")]).toEqual(["Aacegikm", "acdegikm", "acegikmn", "acegikmo"])
    expect(evolve(state, createdEvent({ disagreements: ["o", "p"] }))).toBe(state)
  })

  it("puts the keys of both in one order, each with what is known together", () => {
    const refunds = (...said: ReadonlyArray<[string, number]>) =>
      fold(said.map(([id, amount]) => refundedEvent(amount, "JPY", id)))
    const told = join(refunds(["b", 1], ["d", 5], ["f", 1]), refunds(["a", 1], ["b", 2], ["c", 1], ["d", 4], ["f", 3]))
    expect(Object.entries(told.refunds)).toEqual([
      ["JPY a", 1],
      ["JPY b", 2],
      ["JPY c", 1],
      ["JPY d", 5],
      ["JPY f", 3],
    ])
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
