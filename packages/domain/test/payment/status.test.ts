import { describe, expect, it } from "vitest"
import { fold } from "../../src/payment/fold.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { refundedAmount, status } from "../../src/payment/status.ts"
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

const received = (amount: number, currency = "JPY") => paidEvent({ received: money(amount, currency) })
const numbered = awaitingEvent({ instructions: { paymentNumber: "1" } })
const declined = failedEvent({ cause: { category: "declined" } })
const mayBeExpiry = failedEvent({ mayBeExpiry: true })
const konbini = createdEvent({ method: { _tag: "Konbini" } })
const MAX = Number.MAX_SAFE_INTEGER

describe("the status", () => {
  it.each<[string, ReadonlyArray<PaymentEvent>, string]>([
    ["nothing known", [], "created"],
    ["created", [createdEvent()], "created"],
    ["awaiting", [createdEvent(), awaitingEvent()], "awaiting"],
    ["awaiting alone", [awaitingEvent()], "awaiting"],
    ["expired", [createdEvent(), awaitingEvent(), expiredEvent()], "expired"],
    ["failed without a cause", [createdEvent(), failedEvent()], "failed"],
    ["failed with a cause", [createdEvent(), declined], "failed"],
    ["expired, and failed with a cause", [expiredEvent(), declined], "failed"],
    ["expired, and failed without a cause", [expiredEvent(), failedEvent()], "expired"],
    ["failed first, then paid", [declined, paidEvent()], "paid"],
    ["expired first, then paid", [expiredEvent(), paidEvent()], "paid"],
    ["paid first, then failed", [paidEvent(), declined], "paid"],
    ["paid of an unknown amount, refunded", [paidEvent(), refundedEvent(1)], "paid"],
    ["a refund alone proves receipt", [refundedEvent(1)], "paid"],
    ["a total alone proves receipt", [refundedTotalEvent(1)], "paid"],
    ["a chargeback alone proves receipt", [refundedEvent(1, "JPY", "d1", "Chargeback")], "paid"],
    ["a reversal alone proves receipt", [refundedEvent(1, "JPY", "d1", "ChargebackReversal")], "paid"],
    ["refunded 0 of 100", [received(100)], "paid"],
    ["refunded 1 of 100", [received(100), refundedEvent(1)], "paid"],
    ["refunded 99 of 100", [received(100), refundedEvent(99)], "paid"],
    ["refunded exactly all", [received(100), refundedEvent(100)], "refunded"],
    ["refunded one more", [received(100), refundedEvent(101)], "refunded"],
    ["refunded before it was paid", [refundedEvent(100), received(100)], "refunded"],
    ["refunded in two", [received(100), refundedEvent(40), refundedEvent(60, "JPY", "r2")], "refunded"],
    ["the same refund twice", [received(100), refundedEvent(50), refundedEvent(50)], "paid"],
    ["by total", [received(100), refundedTotalEvent(100)], "refunded"],
    ["by id and total", [received(100), refundedEvent(50), refundedTotalEvent(50)], "paid"],
    ["in another currency", [received(100), refundedEvent(100, "THB")], "paid"],
    ["more received later", [received(100), refundedEvent(100), received(101)], "paid"],
    ["all of the most there is", [received(MAX), refundedEvent(MAX)], "refunded"],
    ["one less than the most there is", [received(MAX), refundedEvent(MAX - 1)], "paid"],
    [
      "charged back and won again",
      [
        received(100),
        refundedEvent(100, "JPY", "d1", "Chargeback"),
        refundedEvent(100, "JPY", "d2", "ChargebackReversal"),
      ],
      "paid",
    ],
    ["two currencies, one refunded", [received(1, "JPY"), received(1, "THB"), refundedEvent(1)], "paid"],
    [
      "two currencies, both refunded",
      [received(1, "JPY"), received(1, "THB"), refundedEvent(1), refundedEvent(1, "THB")],
      "refunded",
    ],
  ])("of a payment: %s", (_, history, expected) => {
    expect(status(fold(history))).toBe(expected)
    expect(status(fold(history.toReversed()))).toBe(expected)
  })

  it.each<[string, ReadonlyArray<PaymentEvent>, string]>([
    ["with a payment number", [numbered, mayBeExpiry], "expired"],
    ["with a virtual account", [awaitingEvent({ instructions: { accountNumber: "1" } }), mayBeExpiry], "expired"],
    ["awaiting at a konbini", [konbini, awaitingEvent(), mayBeExpiry], "expired"],
    [
      "awaiting a bank transfer",
      [createdEvent({ method: { _tag: "BankTransfer" } }), awaitingEvent(), mayBeExpiry],
      "expired",
    ],
    ["at a konbini, never known to wait", [konbini, mayBeExpiry], "failed"],
    ["awaiting by card", [createdEvent({ method: { _tag: "Card" } }), awaitingEvent(), mayBeExpiry], "failed"],
    ["awaiting by an unknown method", [awaitingEvent(), mayBeExpiry], "failed"],
    ["failing by a provider that has a word for expiry", [numbered, failedEvent()], "failed"],
    ["with a published cause", [numbered, mayBeExpiry, declined], "failed"],
  ])("of an unnamed failure %s", (_, history, expected) => {
    expect(status(fold(history))).toBe(expected)
    expect(status(fold(history.toReversed()))).toBe(expected)
  })

  // The counterexamples that a rule which compares instants failed on, from before anything was built.
  it.each<[string, ReadonlyArray<PaymentEvent>]>([
    ["the failure has no instant", [numbered, mayBeExpiry]],
    [
      "it failed before the deadline",
      [
        { ...numbered, deadline: minute(3) },
        { ...mayBeExpiry, failedAt: minute(2) },
      ],
    ],
    [
      "it failed after the deadline",
      [
        { ...numbered, deadline: minute(3) },
        { ...mayBeExpiry, failedAt: minute(4) },
      ],
    ],
    [
      "the deadline was extended after it failed",
      [
        { ...numbered, deadline: minute(3) },
        { ...mayBeExpiry, failedAt: minute(4) },
        { ...numbered, deadline: minute(6) },
      ],
    ],
    [
      "it was sent again with a new time",
      [numbered, { ...mayBeExpiry, failedAt: minute(1) }, { ...mayBeExpiry, failedAt: minute(9) }],
    ],
  ])("of an expiry does not depend on instants: %s", (_, history) => {
    expect(status(fold(history))).toBe("expired")
  })
})

describe("the refunded amount", () => {
  it.each<[string, ReadonlyArray<PaymentEvent>, number]>([
    ["nothing", [], 0],
    ["a refund", [refundedEvent(3)], 3],
    ["the larger of one id", [refundedEvent(3), refundedEvent(5)], 5],
    ["a total above the refunds", [refundedEvent(3), refundedTotalEvent(5)], 5],
    ["a total below the refunds", [refundedEvent(3), refundedTotalEvent(2)], 3],
    ["a total and a chargeback", [refundedTotalEvent(3), refundedEvent(2, "JPY", "d1", "Chargeback")], 5],
    ["a reversal without its chargeback", [refundedEvent(3), refundedEvent(2, "JPY", "d1", "ChargebackReversal")], 3],
    [
      "a reversal of more than was charged back",
      [refundedEvent(1, "JPY", "d1", "Chargeback"), refundedEvent(2, "JPY", "d2", "ChargebackReversal")],
      0,
    ],
    [
      "more than can be counted",
      [refundedEvent(MAX), refundedEvent(MAX, "JPY", "r2"), refundedEvent(1, "JPY", "d1", "Chargeback")],
      MAX,
    ],
  ])("of %s", (_, history, amount) => {
    expect(refundedAmount(fold(history), "JPY")).toBe(amount)
    expect(refundedAmount(fold(history), "THB")).toBe(0)
  })
})
