import assert from "node:assert/strict"
import { fold, toPayment } from "@payfold/domain"
import { expiredEvent, paidEvent } from "@payfold/domain/testing"

const payment = toPayment(fold([paidEvent(), expiredEvent()]))

// Money received outranks every story about money not received, and the contradiction is shown.
assert.equal(payment.status, "paid")
assert.deepEqual(
  payment.discrepancies.map(({ code, message }) => `${code}: ${message}`),
  ["paid-after-expired: Money was received for a payment that was also reported expired"],
)
