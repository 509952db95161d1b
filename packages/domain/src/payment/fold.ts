import { evolve, says } from "./evolve.ts"
import type { PaymentEvent } from "./PaymentEvent.ts"
import { type PaymentState, UNKNOWN_PAYMENT } from "./PaymentState.ts"

/**
 * The state of a payment from its whole stream, oldest event first: version 1 is the first. The join of all events that no `FactsWithdrawn`
 * names; both sets only grow, so a withdrawal read before the facts it names withdraws them all the same.
 */
export function fold(stream: ReadonlyArray<PaymentEvent>): PaymentState {
  if (!stream.some(event => event._tag === "FactsWithdrawn")) return joinAll(stream)
  const withdrawn = withdrawnVersions(stream)
  return stream.reduce(
    (state, event, index) => (withdrawn.has(index + 1) ? state : evolve(state, event)),
    UNKNOWN_PAYMENT,
  )
}

/** To join the first event with nothing known would only copy it: a third of the joins of most payments. */
function joinAll([first, ...rest]: ReadonlyArray<PaymentEvent>): PaymentState {
  return first === undefined ? UNKNOWN_PAYMENT : rest.reduce(evolve, says(first))
}

/** Versions that some withdrawal of the stream names. */
export function withdrawnVersions(stream: ReadonlyArray<PaymentEvent>): ReadonlySet<number> {
  return new Set(stream.flatMap(event => (event._tag === "FactsWithdrawn" ? event.versions : [])))
}
