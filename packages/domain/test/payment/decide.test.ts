import { describe, expect, it } from "vitest"
import {
  awaitingEvent,
  createdEvent,
  expiredEvent,
  failedEvent,
  paidEvent,
  refundedEvent,
  refundedTotalEvent,
} from "../../testing/exampleEvents.ts"
import { minute } from "../../testing/generators/moments.ts"
import { money } from "../../testing/generators/money.ts"
import { givenPayment } from "../../testing/givenPayment.ts"

describe("a delivery", () => {
  it("to a payment of which nothing is known is news from the beginning", () => {
    const report = [createdEvent(), awaitingEvent(), paidEvent()]
    expect(givenPayment().when(...report).news).toEqual(report)
  })

  it("of nothing is no news", () => {
    expect(givenPayment(createdEvent()).when().news).toEqual([])
  })

  it("that says what is known is dropped", () => {
    expect(givenPayment(createdEvent(), paidEvent()).when(createdEvent(), paidEvent()).news).toEqual([])
  })

  it("keeps what a lost delivery would have said", () => {
    const report = [createdEvent({ requested: money(100, "JPY") }), paidEvent()]
    expect(givenPayment(createdEvent(), paidEvent()).when(...report).news).toEqual([report[0]])
  })

  it("says one thing twice and is kept once", () => {
    expect(givenPayment().when(paidEvent(), paidEvent()).news).toEqual([paidEvent()])
  })

  it("with an instant is news to a payment that had none", () => {
    const told = paidEvent({ paidAt: minute(1) })
    expect(givenPayment(paidEvent()).when(told).news).toEqual([told])
  })

  it("with a later instant is dropped, with an earlier one kept", () => {
    const history = paidEvent({ paidAt: minute(1) })
    expect(givenPayment(history).when(paidEvent({ paidAt: minute(2) })).news).toEqual([])
    expect(givenPayment(history).when(paidEvent({ paidAt: minute(0) })).news).toHaveLength(1)
  })

  it("with a later deadline is news, with an earlier one dropped", () => {
    const history = awaitingEvent({ deadline: minute(1) })
    expect(givenPayment(history).when(awaitingEvent({ deadline: minute(2) })).news).toHaveLength(1)
    expect(givenPayment(history).when(awaitingEvent({ deadline: minute(0) })).news).toEqual([])
  })

  it("that contradicts what is known is kept, never refused", () => {
    const { news, after } = givenPayment(createdEvent({ mode: "live" })).when(createdEvent({ mode: "test" }))
    expect(news).toHaveLength(1)
    expect(after.discrepancies.map(({ code }) => code)).toEqual(["mode-conflict"])
  })

  it("of a late expiry is kept and leaves a received payment received", () => {
    const { news, before, after } = givenPayment(createdEvent(), paidEvent()).when(expiredEvent())
    expect(news).toEqual([expiredEvent()])
    expect([before.status, after.status]).toEqual(["paid", "paid"])
    expect(after.discrepancies.map(({ code }) => code)).toEqual(["paid-after-expired"])
  })

  it("of an adapter's newer version that reads the same is news, for the next conflict is decided by it", () => {
    const again = createdEvent({ mode: "live", adapterVersion: 2 })
    expect(givenPayment(createdEvent({ mode: "live" })).when(again).news).toEqual([again])
  })

  it("of an adapter's older version says nothing on a field that a newer one has read", () => {
    const history = createdEvent({ mode: "live", adapterVersion: 2 })
    expect(givenPayment(history).when(createdEvent({ mode: "test" })).news).toEqual([
      // Its other fields, provider and charge id, are known from the newer version too.
    ])
  })

  it.each([1, 99, 100])("of a total of %d that a refund of 100 explains is dropped", total => {
    expect(givenPayment(refundedEvent(100)).when(refundedTotalEvent(total)).news).toEqual([])
  })

  it("of a total of 101 beside a refund of 100 is news", () => {
    expect(givenPayment(refundedEvent(100)).when(refundedTotalEvent(101)).news).toHaveLength(1)
  })

  it("of a total in another currency is news", () => {
    expect(givenPayment(refundedEvent(100, "JPY")).when(refundedTotalEvent(100, "THB")).news).toHaveLength(1)
  })

  it("of a cause is news to a failure without one, and turns an expiry into a failure", () => {
    const history = [awaitingEvent({ instructions: { paymentNumber: "1" } }), failedEvent({ mayBeExpiry: true })]
    const { before, after } = givenPayment(...history).when(failedEvent({ cause: { category: "declined" } }))
    expect([before.status, after.status]).toEqual(["expired", "failed"])
  })
})
