import type { PaymentId } from "./PaymentId.ts"
import type { PaymentEvent } from "./payment/PaymentEvent.ts"
import { storable } from "./storable.ts"
import type { Implied } from "./Translation.ts"

/** The part an adapter answers with: its events made acceptable to every store, and what was replaced for that. */
export function imply(payment: PaymentId, events: ReadonlyArray<PaymentEvent>): Implied {
  const { value, replaced } = storable(events)
  return { _tag: "Implied", payment, events: value, ...(replaced.length === 0 ? {} : { replaced }) }
}
