import { describe, expect, it } from "vitest"
import { fold } from "../../src/payment/fold.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { refundedAmount, status } from "../../src/payment/status.ts"
import { awaiting, created, expired, failed, paid, refunded, refundedTotal } from "../../testing/exampleEvents.ts"
import { minute } from "../../testing/generators/moments.ts"
import { money } from "../../testing/generators/money.ts"

const received = (amount: number, currency = "JPY") => paid({ received: money(amount, currency) })
const numbered = awaiting({ instructions: { paymentNumber: "1" } })
const declined = failed({ cause: { category: "declined" } })
const mayBeExpiry = failed({ mayBeExpiry: true })
const konbini = created({ method: { _tag: "Konbini" } })
const MAX = Number.MAX_SAFE_INTEGER

describe("the status", () => {
  it.each<[string, ReadonlyArray<PaymentEvent>, string]>([
    ["nothing known", [], "created"],
    ["created", [created()], "created"],
    ["awaiting", [created(), awaiting()], "awaiting"],
    ["awaiting alone", [awaiting()], "awaiting"],
    ["expired", [created(), awaiting(), expired()], "expired"],
    ["failed without a cause", [created(), failed()], "failed"],
    ["failed with a cause", [created(), declined], "failed"],
    ["expired, and failed with a cause", [expired(), declined], "failed"],
    ["expired, and failed without a cause", [expired(), failed()], "expired"],
    ["failed first, then paid", [declined, paid()], "paid"],
    ["expired first, then paid", [expired(), paid()], "paid"],
    ["paid first, then failed", [paid(), declined], "paid"],
    ["paid of an unknown amount, refunded", [paid(), refunded(1)], "paid"],
    ["a refund alone proves receipt", [refunded(1)], "paid"],
    ["a total alone proves receipt", [refundedTotal(1)], "paid"],
    ["a chargeback alone proves receipt", [refunded(1, "JPY", "d1", "Chargeback")], "paid"],
    ["a reversal alone proves receipt", [refunded(1, "JPY", "d1", "ChargebackReversal")], "paid"],
    ["refunded 0 of 100", [received(100)], "paid"],
    ["refunded 1 of 100", [received(100), refunded(1)], "paid"],
    ["refunded 99 of 100", [received(100), refunded(99)], "paid"],
    ["refunded exactly all", [received(100), refunded(100)], "refunded"],
    ["refunded one more", [received(100), refunded(101)], "refunded"],
    ["refunded before it was paid", [refunded(100), received(100)], "refunded"],
    ["refunded in two", [received(100), refunded(40), refunded(60, "JPY", "r2")], "refunded"],
    ["the same refund twice", [received(100), refunded(50), refunded(50)], "paid"],
    ["by total", [received(100), refundedTotal(100)], "refunded"],
    ["by id and total", [received(100), refunded(50), refundedTotal(50)], "paid"],
    ["in another currency", [received(100), refunded(100, "THB")], "paid"],
    ["more received later", [received(100), refunded(100), received(101)], "paid"],
    ["all of the most there is", [received(MAX), refunded(MAX)], "refunded"],
    ["one less than the most there is", [received(MAX), refunded(MAX - 1)], "paid"],
    [
      "charged back and won again",
      [received(100), refunded(100, "JPY", "d1", "Chargeback"), refunded(100, "JPY", "d2", "ChargebackReversal")],
      "paid",
    ],
    ["two currencies, one refunded", [received(1, "JPY"), received(1, "THB"), refunded(1)], "paid"],
    [
      "two currencies, both refunded",
      [received(1, "JPY"), received(1, "THB"), refunded(1), refunded(1, "THB")],
      "refunded",
    ],
  ])("of a payment: %s", (_, history, expected) => {
    expect(status(fold(history))).toBe(expected)
    expect(status(fold(history.toReversed()))).toBe(expected)
  })

  it.each<[string, ReadonlyArray<PaymentEvent>, string]>([
    ["with a payment number", [numbered, mayBeExpiry], "expired"],
    ["with a virtual account", [awaiting({ instructions: { accountNumber: "1" } }), mayBeExpiry], "expired"],
    ["awaiting at a konbini", [konbini, awaiting(), mayBeExpiry], "expired"],
    ["awaiting a bank transfer", [created({ method: { _tag: "BankTransfer" } }), awaiting(), mayBeExpiry], "expired"],
    ["at a konbini, never known to wait", [konbini, mayBeExpiry], "failed"],
    ["awaiting by card", [created({ method: { _tag: "Card" } }), awaiting(), mayBeExpiry], "failed"],
    ["awaiting by an unknown method", [awaiting(), mayBeExpiry], "failed"],
    ["failing by a provider that has a word for expiry", [numbered, failed()], "failed"],
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
    ["a refund", [refunded(3)], 3],
    ["the larger of one id", [refunded(3), refunded(5)], 5],
    ["a total above the refunds", [refunded(3), refundedTotal(5)], 5],
    ["a total below the refunds", [refunded(3), refundedTotal(2)], 3],
    ["a total and a chargeback", [refundedTotal(3), refunded(2, "JPY", "d1", "Chargeback")], 5],
    ["a reversal without its chargeback", [refunded(3), refunded(2, "JPY", "d1", "ChargebackReversal")], 3],
    [
      "a reversal of more than was charged back",
      [refunded(1, "JPY", "d1", "Chargeback"), refunded(2, "JPY", "d2", "ChargebackReversal")],
      0,
    ],
    [
      "more than can be counted",
      [refunded(MAX), refunded(MAX, "JPY", "r2"), refunded(1, "JPY", "d1", "Chargeback")],
      MAX,
    ],
  ])("of %s", (_, history, amount) => {
    expect(refundedAmount(fold(history), "JPY")).toBe(amount)
    expect(refundedAmount(fold(history), "THB")).toBe(0)
  })
})
