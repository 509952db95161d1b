import type { PaymentId } from "./PaymentId.ts"
import { MAXIMUM_ORDER_REFERENCE, type OrderReference, type PaymentEvent } from "./payment/PaymentEvent.ts"
import { storable } from "./storable.ts"
import type { Implied, Unreadable } from "./Translation.ts"

/** Most events that one object may imply: a charge with more refunds than this is no charge we know how to show. */
export const MAXIMUM_IMPLIED_EVENTS = 1_000

/**
 * The part an adapter answers with: its events made acceptable to every store, and what was replaced or left out for that. Too many of them are `Unreadable`, so that no
 * body can keep a drainer busy for minutes.
 */
export function imply(payment: PaymentId, events: ReadonlyArray<PaymentEvent>): Implied | Unreadable {
  if (events.length > MAXIMUM_IMPLIED_EVENTS) {
    const reason = `an object implies ${events.length} events: expected at most ${MAXIMUM_IMPLIED_EVENTS}`
    return { _tag: "Unreadable", reason }
  }
  const dropped: Array<string> = []
  const kept = events.map((event, index) => {
    if (event._tag !== "PaymentCreated" || isReference(event.orderReference)) return event
    dropped.push(`[${index}].orderReference`)
    const { orderReference: _, ...rest } = event
    return rest
  })
  const { value, replaced: texts } = storable(kept)
  const replaced = [...dropped, ...texts]
  return { _tag: "Implied", payment, events: value, ...(replaced.length === 0 ? {} : { replaced }) }
}

/** A text too long for a reference is none; the body keeps it. */
function isReference(reference: OrderReference | undefined): boolean {
  return reference === undefined || reference.value.length <= MAXIMUM_ORDER_REFERENCE
}
