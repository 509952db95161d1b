import assert from "node:assert/strict"
import { awaitingEvent, createdEvent, givenPayment, minute, paidEvent } from "@payfold/domain/testing"

// Given a history, when a delivery comes, then exactly these events.
const { news, after } = givenPayment(createdEvent(), paidEvent()).when(
  createdEvent(),
  awaitingEvent({ deadline: minute(10) }),
  paidEvent({ paidAt: minute(5) }),
)
assert.deepEqual(news, [awaitingEvent({ deadline: minute(10) }), paidEvent({ paidAt: minute(5) })])
assert.equal(after.paidAt, "2025-01-01T00:05:00.000Z")
