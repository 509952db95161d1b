import { Schema } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Instructions } from "../../src/Instructions.ts"
import { Money } from "../../src/Money.ts"
import { formatMethod, PaymentMethod } from "../../src/PaymentMethod.ts"
import { fold } from "../../src/payment/fold.ts"
import { toPayment } from "../../src/payment/Payment.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import {
  awaitingEvent,
  createdEvent,
  failedEvent,
  paidEvent,
  refundedEvent,
  refundedTotalEvent,
} from "../../testing/exampleEvents.ts"
import { streams } from "../../testing/generators/histories.ts"
import { minute } from "../../testing/generators/moments.ts"
import { money } from "../../testing/generators/money.ts"

const [isInstructions, isMoney, isMethod] = [Schema.is(Instructions), Schema.is(Money), Schema.is(PaymentMethod)]

describe("a payment", () => {
  it("of which nothing is known shows nothing, not zero", () => {
    expect(toPayment(UNKNOWN_PAYMENT)).toEqual({ status: "created", instructions: {}, discrepancies: [] })
  })

  it("shows what was reported", () => {
    const history = [
      createdEvent({
        mode: "test",
        requested: money(1_500, "JPY"),
        method: { _tag: "Konbini", store: "lawson" },
        orderReference: { value: "order-1" },
        createdAt: minute(0),
      }),
      awaitingEvent({ instructions: { paymentNumber: "0001" }, deadline: minute(9) }),
      paidEvent({ received: money(1_500, "JPY"), paidAt: minute(5) }),
      { ...refundedEvent(500), refundedAt: minute(7) },
    ]
    expect(toPayment(fold(history))).toEqual({
      status: "paid",
      provider: "example",
      chargeId: "c1",
      mode: "test",
      requested: { amount: 1_500, currency: "JPY" },
      received: { amount: 1_500, currency: "JPY" },
      refunded: { amount: 500, currency: "JPY" },
      method: { _tag: "Konbini", store: "lawson" },
      orderReference: "order-1",
      instructions: { paymentNumber: "0001" },
      deadline: minute(9),
      createdAt: minute(0),
      paidAt: minute(5),
      refundedAt: minute(7),
      discrepancies: [],
    })
  })

  it("shows why it failed", () => {
    const cause = { category: "insufficient-funds", code: "51", message: "no funds" } as const
    expect(toPayment(fold([failedEvent({ cause, failedAt: minute(1) })]))).toMatchObject({
      failure: cause,
      failedAt: minute(1),
    })
  })

  it("shows a chargeback that came again as nothing refunded, which is not unknown", () => {
    const history = [refundedEvent(5, "JPY", "d1", "Chargeback"), refundedEvent(5, "JPY", "d2", "ChargebackReversal")]
    expect(toPayment(fold(history)).refunded).toEqual({ amount: 0, currency: "JPY" })
  })

  it("shows amounts in the currency that was asked for", () => {
    const history = [
      createdEvent({ requested: money(9, "THB") }),
      paidEvent({ received: money(1, "JPY") }),
      paidEvent({ received: money(9, "THB") }),
      refundedEvent(1, "JPY"),
      refundedEvent(2, "THB"),
    ]
    expect(toPayment(fold(history))).toMatchObject({
      received: { amount: 9, currency: "THB" },
      refunded: { amount: 2, currency: "THB" },
    })
  })

  it("shows the first currency by its code where none of what was asked for is there", () => {
    const told = [
      paidEvent({ received: money(9, "THB") }),
      paidEvent({ received: money(1, "SGD") }),
      refundedEvent(2, "THB"),
      refundedTotalEvent(1, "SGD"),
    ]
    const first = { received: { amount: 1, currency: "SGD" }, refunded: { amount: 1, currency: "SGD" } }
    expect(toPayment(fold(told))).toMatchObject(first)
    expect(toPayment(fold([createdEvent({ requested: money(5, "JPY") }), ...told]))).toMatchObject(first)
  })

  it("of any stream shows only what its schemas accept, and loses no method that was told", () => {
    fc.assert(
      fc.property(streams, stream => {
        const payment = toPayment(fold(stream))
        const { method, requested, received, refunded, instructions } = payment
        expect(isInstructions(instructions)).toBe(true)
        for (const money of [requested, received]) expect(money === undefined || isMoney(money)).toBe(true)
        if (refunded !== undefined) expect(refunded.amount >= 0 && Number.isSafeInteger(refunded.amount)).toBe(true)
        const told = stream.some(event => event._tag === "PaymentCreated" && event.method !== undefined)
        const isWithdrawn = stream.some(({ _tag }) => _tag === "FactsWithdrawn")
        expect(method === undefined ? !told || isWithdrawn : isMethod(method) && formatMethod(method) !== "").toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
