import {
  decodeEvent,
  discrepancies,
  evolve,
  type PaymentEvent,
  UNKNOWN_PAYMENT,
  withdrawnVersions,
} from "@payfold/domain"
import { Effect } from "effect"
import { type DeliveryEnvelope, deliveriesNumbered } from "../../inbox/deliveriesNumbered.ts"
import type { StoredEvent } from "../../log/EncodedEvent.ts"
import { readPayment } from "../../log/readPayment.ts"
import { Database } from "../../postgres/Database.ts"
import { isBefore, occurredAt } from "./occurred.ts"

/** An event of a payment with its envelope, what it says, and how it stands among the others. */
export interface TimelineEntry {
  readonly stored: StoredEvent
  readonly event: PaymentEvent
  /** The delivery that taught it; `undefined` where none did, or where it is gone. */
  readonly delivery: DeliveryEnvelope | undefined
  /** Its place among the facts whose instant is known, from 1; `undefined` where no report tells the instant. */
  readonly occurredOrder: number | undefined
  /** It happened before something that was known already, and nothing had told of it. */
  readonly isLate: boolean
  /** Codes of the discrepancies that came with it. */
  readonly contradicts: ReadonlyArray<string>
  /** The version of the event that withdrew it. */
  readonly withdrawnBy: number | undefined
}

/** A payment's events, in the order we learned them; none for a payment nobody wrote. */
export const readTimeline = Effect.fnUntraced(function* (merchant: string, payment: string) {
  const database = yield* Database
  const stored = yield* readPayment(database, merchant, payment)
  const events = yield* Effect.forEach(stored, ({ data }) => Effect.fromResult(decodeEvent(data)))
  const deliveries = yield* deliveriesNumbered(merchant, [
    ...new Set(stored.flatMap(({ deliveryId }) => (deliveryId === null ? [] : [deliveryId]))),
  ])
  return timelineOf(stored, events, deliveries)
})

/** Events with what the others make of them. */
export function timelineOf(
  stored: ReadonlyArray<StoredEvent>,
  events: ReadonlyArray<PaymentEvent>,
  deliveries: ReadonlyMap<number, DeliveryEnvelope>,
): ReadonlyArray<TimelineEntry> {
  const withdrawn = withdrawnVersions(events)
  const orders = occurredOrders(events)
  const entries: Array<TimelineEntry> = []
  let known = UNKNOWN_PAYMENT
  for (const [index, event] of events.entries()) {
    const envelope = stored[index]
    if (envelope === undefined) break
    const isWithdrawn = withdrawn.has(index + 1)
    const next = isWithdrawn ? known : evolve(known, event)
    const before = new Set(discrepancies(known).map(({ message }) => message))
    const came = discrepancies(next).filter(({ message }) => !before.has(message))
    entries.push({
      stored: envelope,
      event,
      delivery: envelope.deliveryId === null ? undefined : deliveries.get(envelope.deliveryId),
      occurredOrder: orders.get(index),
      isLate: isLate(event, events.slice(0, index)),
      contradicts: [...new Set(came.map(({ code }) => code))],
      withdrawnBy: isWithdrawn ? withdrawnBy(events, index + 1) : undefined,
    })
    known = next
  }
  return entries
}

/** Facts of one instant share a place. */
function occurredOrders(events: ReadonlyArray<PaymentEvent>): ReadonlyMap<number, number> {
  const instants = [...new Set(events.flatMap(event => occurredAt(event) ?? []))].sort()
  return new Map(
    events.flatMap((event, index): Array<[number, number]> => {
      const instant = occurredAt(event)
      return instant === undefined ? [] : [[index, instants.indexOf(instant) + 1]]
    }),
  )
}

function isLate(event: PaymentEvent, earlier: ReadonlyArray<PaymentEvent>): boolean {
  const isToldAgain = earlier.some(other => other._tag === event._tag && occurredAt(other) === occurredAt(event))
  return !isToldAgain && earlier.some(other => isBefore(event, other))
}

function withdrawnBy(events: ReadonlyArray<PaymentEvent>, version: number): number {
  return events.findIndex(event => event._tag === "FactsWithdrawn" && event.versions.includes(version)) + 1
}
