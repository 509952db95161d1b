import type { Event } from "@event-driven-io/emmett"
import type { PaymentEvent } from "@payfold/domain"

/** The same events as ours, as the peer names them: a type, and the data as an object. */
export type PeerEvent = {
  [Tag in PaymentEvent["_tag"]]: Event<Tag, { readonly event: Extract<PaymentEvent, { readonly _tag: Tag }> }>
}[PaymentEvent["_tag"]]

export function toPeerEvent(event: PaymentEvent): PeerEvent {
  // The tag and the event belong together; TypeScript does not follow that through the union.
  return { type: event._tag, data: { event } } as PeerEvent
}

/** Every type of event, as the peer's projections ask for them. */
export const PEER_EVENT_TYPES = [
  "PaymentCreated",
  "PaymentAwaiting",
  "PaymentPaid",
  "PaymentExpired",
  "PaymentFailed",
  "PaymentRefunded",
  "FactsWithdrawn",
] as const satisfies ReadonlyArray<PeerEvent["type"]>
