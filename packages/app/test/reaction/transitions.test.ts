import type { PaymentEvent } from "@payfold/domain"
import { awaitingEvent, createdEvent, expiredEvent, paidEvent, withdrawnEvent } from "@payfold/domain/testing"
import { expect, test } from "vitest"
import { type PaymentStream, RETRANSLATION } from "../../src/log/paymentStreams.ts"
import { transitionsOf } from "../../src/reaction/transitions.ts"

/** A stream of decisions, each of a delivery of its own unless it is told otherwise. */
function streamOf(...decisions: ReadonlyArray<Decision>): PaymentStream {
  let position = 0
  return decisions.flatMap(({ events, deliveryId, correlation = null }, index) => {
    // Another payment's event lies between.
    position += 1
    return events.map(event => {
      position += 1
      const recordedAt = `2026-01-01T00:00:0${index}.000Z`
      return { position, recordedAt, deliveryId: deliveryId === undefined ? index + 1 : deliveryId, correlation, event }
    })
  })
}

interface Decision {
  readonly events: ReadonlyArray<PaymentEvent>
  readonly deliveryId?: number | null
  readonly correlation?: string
}

const stepsOf = (...decisions: ReadonlyArray<Decision>) =>
  transitionsOf("m", "example:c1", streamOf(...decisions), 0, 1_000).map(({ from, to }) => `${from} → ${to}`)

test("one delivery is one transition, from none too", () => {
  expect(stepsOf({ events: [createdEvent(), awaitingEvent(), paidEvent()] })).toEqual(["none → paid"])
})

test("a delivery that changes no status is none", () => {
  expect(stepsOf({ events: [createdEvent()] }, { events: [createdEvent({ mode: "live" })] })).toEqual([
    "none → created",
  ])
})

test("an expiry of a paid payment is none, so it cannot cancel a paid order", () => {
  expect(stepsOf({ events: [paidEvent()] }, { events: [expiredEvent()] })).toEqual(["none → paid"])
})

test("events appended together without a delivery are one, and each append is its own", () => {
  const without = { deliveryId: null }
  expect(stepsOf({ events: [createdEvent(), paidEvent()], ...without })).toEqual(["none → paid"])
  expect(stepsOf({ events: [createdEvent()], ...without }, { events: [paidEvent()], ...without })).toEqual([
    "none → created",
    "created → paid",
  ])
})

test("a withdrawal and a retranslation are none, and the next delivery changes from what they left", () => {
  expect(
    stepsOf(
      { events: [createdEvent(), paidEvent()] },
      { events: [withdrawnEvent(2)], deliveryId: null },
      { events: [awaitingEvent()], deliveryId: 1, correlation: RETRANSLATION },
      { events: [expiredEvent()] },
    ),
  ).toEqual(["none → paid", "awaiting → expired"])
})

test("only those whose last event stands between the two positions", () => {
  const stream = streamOf({ events: [createdEvent(), awaitingEvent()] }, { events: [paidEvent()] })
  const between = (after: number, upTo: number) => transitionsOf("m", "example:c1", stream, after, upTo).length
  expect([between(0, 2), between(0, 3), between(2, 3), between(3, 5), between(0, 5)]).toEqual([0, 1, 1, 1, 2])
})
