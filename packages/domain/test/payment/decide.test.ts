import { describe, expect, it } from "vitest"
import { awaiting, created, expired, failed, paid, refunded, refundedTotal } from "../../testing/exampleEvents.ts"
import { minute } from "../../testing/generators/moments.ts"
import { money } from "../../testing/generators/money.ts"
import { givenPayment } from "../../testing/givenPayment.ts"

describe("a delivery", () => {
  it("to a payment of which nothing is known is news from the beginning", () => {
    const report = [created(), awaiting(), paid()]
    expect(givenPayment().when(...report).news).toEqual(report)
  })

  it("of nothing is no news", () => {
    expect(givenPayment(created()).when().news).toEqual([])
  })

  it("that says what is known is dropped", () => {
    expect(givenPayment(created(), paid()).when(created(), paid()).news).toEqual([])
  })

  it("keeps what a lost delivery would have said", () => {
    const report = [created({ requested: money(100, "JPY") }), paid()]
    expect(givenPayment(created(), paid()).when(...report).news).toEqual([report[0]])
  })

  it("says one thing twice and is kept once", () => {
    expect(givenPayment().when(paid(), paid()).news).toEqual([paid()])
  })

  it("with an instant is news to a payment that had none", () => {
    const told = paid({ paidAt: minute(1) })
    expect(givenPayment(paid()).when(told).news).toEqual([told])
  })

  it("with a later instant is dropped, with an earlier one kept", () => {
    const history = paid({ paidAt: minute(1) })
    expect(givenPayment(history).when(paid({ paidAt: minute(2) })).news).toEqual([])
    expect(givenPayment(history).when(paid({ paidAt: minute(0) })).news).toHaveLength(1)
  })

  it("with a later deadline is news, with an earlier one dropped", () => {
    const history = awaiting({ deadline: minute(1) })
    expect(givenPayment(history).when(awaiting({ deadline: minute(2) })).news).toHaveLength(1)
    expect(givenPayment(history).when(awaiting({ deadline: minute(0) })).news).toEqual([])
  })

  it("that contradicts what is known is kept, never refused", () => {
    const { news, after } = givenPayment(created({ mode: "live" })).when(created({ mode: "test" }))
    expect(news).toHaveLength(1)
    expect(after.discrepancies.map(({ code }) => code)).toEqual(["mode-conflict"])
  })

  it("of a late expiry is kept and leaves a received payment received", () => {
    const { news, before, after } = givenPayment(created(), paid()).when(expired())
    expect(news).toEqual([expired()])
    expect([before.status, after.status]).toEqual(["paid", "paid"])
    expect(after.discrepancies.map(({ code }) => code)).toEqual(["paid-after-expired"])
  })

  it("of an adapter's newer version that reads the same is news, for the next conflict is decided by it", () => {
    const again = created({ mode: "live", adapterVersion: 2 })
    expect(givenPayment(created({ mode: "live" })).when(again).news).toEqual([again])
  })

  it("of an adapter's older version says nothing on a field that a newer one has read", () => {
    const history = created({ mode: "live", adapterVersion: 2 })
    expect(givenPayment(history).when(created({ mode: "test" })).news).toEqual([
      // Its other fields, provider and charge id, are known from the newer version too.
    ])
  })

  it.each([1, 99, 100])("of a total of %d that a refund of 100 explains is dropped", total => {
    expect(givenPayment(refunded(100)).when(refundedTotal(total)).news).toEqual([])
  })

  it("of a total of 101 beside a refund of 100 is news", () => {
    expect(givenPayment(refunded(100)).when(refundedTotal(101)).news).toHaveLength(1)
  })

  it("of a total in another currency is news", () => {
    expect(givenPayment(refunded(100, "JPY")).when(refundedTotal(100, "THB")).news).toHaveLength(1)
  })

  it("of a cause is news to a failure without one, and turns an expiry into a failure", () => {
    const history = [awaiting({ instructions: { paymentNumber: "1" } }), failed({ mayBeExpiry: true })]
    const { before, after } = givenPayment(...history).when(failed({ cause: { category: "declined" } }))
    expect([before.status, after.status]).toEqual(["expired", "failed"])
  })
})
