import type { PaymentId } from "./PaymentId.ts"
import type { PaymentEvent } from "./payment/PaymentEvent.ts"
import { storable } from "./storable.ts"
import type { Implied, Unreadable } from "./Translation.ts"

/** Most events that one object may imply: a charge with more refunds than this is no charge we know how to show. */
export const MAXIMUM_IMPLIED_EVENTS = 1_000

/**
 * The part an adapter answers with: its events made acceptable to every store, and what was replaced for that. Too many of them are `Unreadable`, so that no
 * body can keep a drainer busy for minutes.
 */
export function imply(payment: PaymentId, events: ReadonlyArray<PaymentEvent>): Implied | Unreadable {
  if (events.length > MAXIMUM_IMPLIED_EVENTS) {
    const reason = `an object implies ${events.length} events: expected at most ${MAXIMUM_IMPLIED_EVENTS}`
    return { _tag: "Unreadable", reason }
  }
  const { value, replaced } = storable(events)
  return { _tag: "Implied", payment, events: value, ...(replaced.length === 0 ? {} : { replaced }) }
}
