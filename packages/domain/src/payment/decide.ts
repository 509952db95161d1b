import { evolve } from "./evolve.ts"
import type { PaymentEvent } from "./PaymentEvent.ts"
import type { PaymentState } from "./PaymentState.ts"

/**
 * What of a report is news: each implied event, in order, that changes the state as the ones kept before it left it. It compares all that is
 * known, not what is shown of it: an instant that nobody displays today decides the status tomorrow.
 *
 * Reports are never refused. One that contradicts what was known is kept, and shows as a discrepancy.
 */
export function decide(state: PaymentState, implied: ReadonlyArray<PaymentEvent>): ReadonlyArray<PaymentEvent> {
  const news: Array<PaymentEvent> = []
  let current = state
  for (const event of implied) {
    const next = evolve(current, event)
    if (next === current) continue
    news.push(event)
    current = next
  }
  return news
}
