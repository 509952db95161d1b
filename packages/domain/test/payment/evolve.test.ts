import { fold, type PaymentEvent, toPayment } from "@payfold/domain"
import { awaitingEvent, createdEvent, failedEvent, money, paidEvent, refundedEvent } from "@payfold/domain/testing"
import { describe, expect, it } from "vitest"

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

describe("a failure", () => {
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
