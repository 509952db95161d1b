import { fold, type PaymentEvent, toPayment } from "@payfold/domain"
import {
  anyEvents,
  awaitingEvent,
  createdEvent,
  failedEvent,
  money,
  paidEvent,
  refundedEvent,
} from "@payfold/domain/testing"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { says } from "../../src/payment/evolve.ts"

const yen = (amount: number) => money(amount, "JPY")
const refund = (tag: "Refund" | "Chargeback" | "ChargebackReversal", id: string, amount: number): PaymentEvent => ({
  ...refundedEvent(amount),
  refund: { _tag: tag, id, ...yen(amount) },
})

describe("money that went back", () => {
  it("is one sum by id, also where a refund turns out to be a chargeback", () => {
    const told = [paidEvent({ received: yen(100) }), refund("Refund", "r1", 100), refund("Chargeback", "r1", 100)]
    for (const stream of [told, [...told].reverse()]) {
      expect(toPayment(fold(stream))).toMatchObject({
        status: "refunded",
        refunded: { amount: 100 },
        discrepancies: [],
      })
    }
  })

  it("is summed over different ids", () => {
    const told = [paidEvent({ received: yen(100) }), refund("Refund", "r1", 30), refund("Chargeback", "r2", 20)]
    expect(toPayment(fold(told))).toMatchObject({ status: "paid", refunded: { amount: 50 } })
  })

  it("is told of a thousand refunds one by one, each once", () => {
    const refunds = Array.from({ length: 1_000 }, (_, index) => refund("Refund", `r${(index * 7919) % 1_000}`, 1))
    const payment = toPayment(fold([paidEvent({ received: yen(1_000) }), ...refunds, ...refunds]))
    expect(payment).toMatchObject({ status: "refunded", refunded: { amount: 1_000 } })
  })
})

describe("an authorised payment", () => {
  it("awaits nothing, whenever that is learned", () => {
    const told = [createdEvent(), awaitingEvent(), createdEvent({ authorised: true })]
    for (const stream of [told, [...told].reverse()]) expect(toPayment(fold(stream)).status).toBe("created")
  })
})

describe("an event", () => {
  it("says its facts undated and by its adapter's version, in order of name, and nothing that it leaves out", () => {
    const undated = { adapterVersion: 3, reportedAt: "" }
    expect(says(createdEvent({ adapterVersion: 3, requested: yen(5) })).facts).toStrictEqual({
      chargeId: { ...undated, values: ["c1"] },
      provider: { ...undated, values: ["example"] },
      requested: { ...undated, values: ["5 JPY"] },
    })
  })

  it("says its facts in order of name, whatever its method", () => {
    fc.assert(
      fc.property(anyEvents, event => {
        const names = Object.keys(says(event).facts)
        expect(names).toEqual([...names].sort())
      }),
    )
  })

  it("says each fee with its currency", () => {
    const fees = { currency: yen(1).currency, fee: 30, feeVat: 0 }
    const undated = { adapterVersion: 1, reportedAt: "" }
    expect(says(paidEvent({ fees })).facts).toStrictEqual({
      "fees.fee": { ...undated, values: ["30 JPY"] },
      "fees.feeVat": { ...undated, values: ["0 JPY"] },
    })
    expect(says(paidEvent()).facts).toStrictEqual({})
  })
})

describe("a failure", () => {
  it("may be an expiry only where its provider says so and it names no cause", () => {
    const mayBe = (said: Parameters<typeof failedEvent>[0]) => says(failedEvent(said)).seen.mayBeExpired
    expect(mayBe({})).toBe(false)
    expect(mayBe({ mayBeExpiry: true })).toBe(true)
    expect(mayBe({ mayBeExpiry: true, cause: { code: "999" } })).toBe(true)
    expect(mayBe({ mayBeExpiry: true, cause: { category: "declined" } })).toBe(false)
  })

  it("keeps a code that means nothing yet, and names no cause by it", () => {
    const cause = { code: "999", message: "payment period over" }
    const waited = awaitingEvent({ instructions: { paymentNumber: "1" } })
    const payment = toPayment(fold([createdEvent(), waited, failedEvent({ cause, mayBeExpiry: true })]))
    expect(payment).toMatchObject({ status: "expired", failure: cause })
  })

  it("is not contradicted by another wording of its message", () => {
    const told = ["Declined", "declined by the bank"].map(message =>
      failedEvent({ cause: { category: "declined", message } }),
    )
    expect(toPayment(fold(told)).discrepancies).toEqual([])
  })
})
