import { describe, expect, it } from "vitest"
import { DISCREPANCY_CODES, discrepancies } from "../../src/payment/discrepancies.ts"
import { fold } from "../../src/payment/fold.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { createdEvent, expiredEvent, failedEvent, paidEvent, refundedEvent } from "../../testing/exampleEvents.ts"
import { money } from "../../testing/generators/money.ts"

const requested = createdEvent({ requested: money(100, "JPY"), method: { _tag: "Konbini" } })
const card = createdEvent({ requested: money(100, "JPY"), method: { _tag: "Card" } })
const received = (amount: number, currency = "JPY") => paidEvent({ received: money(amount, currency) })

const CASES: ReadonlyArray<[string, ReadonlyArray<PaymentEvent>, ReadonlyArray<string>]> = [
  ["paid as requested", [requested, received(100)], []],
  ["paid after expired", [expiredEvent(), received(100)], ["paid-after-expired"]],
  ["refunded after expired, the payment itself unknown", [expiredEvent(), refundedEvent(1)], ["paid-after-expired"]],
  ["paid after failed", [failedEvent({ cause: { category: "declined" } }), paidEvent()], ["paid-after-failed"]],
  ["expired only", [requested, expiredEvent()], []],
  ["received one less", [requested, received(99)], ["received-less"]],
  ["received one more", [requested, received(101)], ["received-more"]],
  ["captured less by card", [card, received(99)], []],
  ["captured more by card", [card, received(101)], ["received-more"]],
  ["received an unknown amount", [requested, paidEvent()], []],
  ["received in another currency", [requested, received(100, "THB")], ["currency-conflict"]],
  ["refunded exactly all", [received(100), refundedEvent(100)], []],
  ["refunded one more", [received(100), refundedEvent(101)], ["refunded-more"]],
  ["another currency refunded", [received(100), refundedEvent(1, "THB")], ["currency-conflict"]],
  ["live and test", [createdEvent({ mode: "live" }), createdEvent({ mode: "test" })], ["mode-conflict"]],
  ["two amounts requested", [requested, createdEvent({ requested: money(90, "JPY") })], ["field-conflict"]],
  [
    "a konbini without store and one with",
    [createdEvent({ method: { _tag: "Konbini" } }), createdEvent({ method: { _tag: "Konbini", store: "lawson" } })],
    [],
  ],
  [
    "cash at an unknown counter and Pay-easy",
    [createdEvent({ method: { _tag: "CounterCash" } }), createdEvent({ method: { _tag: "PayEasy" } })],
    [],
  ],
  [
    "a konbini and Pay-easy",
    [createdEvent({ method: { _tag: "Konbini" } }), createdEvent({ method: { _tag: "PayEasy" } })],
    ["field-conflict"],
  ],
  ["flags that disagree", [createdEvent({ disagreements: ["paid says yes, status says no"] })], ["flags-disagree"]],
]

describe("discrepancies", () => {
  it.each(CASES)("of %s", (_, history, codes) => {
    const found = discrepancies(fold(history))
    expect(found.map(({ code }) => code)).toEqual(codes)
    for (const { message, facts } of found) {
      expect(message).not.toBe("")
      expect(Object.keys(facts)).not.toHaveLength(0)
    }
  })

  it("say how much was received, and how much was asked for", () => {
    const [found] = discrepancies(fold([requested, received(99)]))
    expect(found).toEqual({
      code: "received-less",
      message: "Received ¥99, requested ¥100",
      facts: { received: 99, requested: 100, currency: "JPY" },
    })
  })

  it("say which currencies were told, in their order, wherever each was told", () => {
    const told = [createdEvent({ requested: money(1, "THB") }), received(1, "SGD"), refundedEvent(1, "JPY")]
    expect(discrepancies(fold(told))).toEqual([
      {
        code: "currency-conflict",
        message: "Amounts in JPY and SGD and THB",
        facts: { currencies: ["JPY", "SGD", "THB"] },
      },
    ])
  })

  it("say how much went back, and how much there was", () => {
    expect(discrepancies(fold([received(1_500), refundedEvent(1_501)]))).toEqual([
      {
        code: "refunded-more",
        message: "Refunded ¥1,501, received ¥1,500",
        facts: { refunded: 1_501, received: 1_500, currency: "JPY" },
      },
    ])
  })

  it("say on which field reports differ, and every value", () => {
    const orders = ["b", "a"].map(value => createdEvent({ orderReference: { value } }))
    expect(discrepancies(fold(orders))).toEqual([
      {
        code: "field-conflict",
        message: "Reports differ on orderReference: a · b",
        facts: { field: "orderReference", values: ["a", "b"] },
      },
    ])
  })

  it("each occur in a case above, save the one that two payments make together", () => {
    const occurring = new Set(CASES.flatMap(([, , codes]) => codes))
    expect(DISCREPANCY_CODES.filter(code => !occurring.has(code))).toEqual(["order-paid-twice"])
  })
})
