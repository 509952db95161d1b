import type { PaymentId } from "../../src/PaymentId.ts"
import { toPayment } from "../../src/payment/Payment.ts"
import type { EventOf, PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import type { PaymentState } from "../../src/payment/PaymentState.ts"

/** What a store of payments shows of one: the amounts whose sums must be conserved, and what they are summed by. */
export interface ViewRow {
  readonly payment: PaymentId
  readonly mode: string | undefined
  readonly status: string
  readonly requested: Amount | undefined
  readonly received: Amount | undefined
  readonly refunded: Amount | undefined
}

/** Minor units. */
export interface Amount {
  readonly amount: number
  readonly currency: string
}

/** An event log with one live view over it, as the laws 6 and 10 need it. Empty when opened. */
export interface LogStore {
  /** Decides what of a delivery is news, appends it, and gives it back. */
  readonly record: (payment: PaymentId, implied: ReadonlyArray<PaymentEvent>) => Promise<ReadonlyArray<PaymentEvent>>
  /** Appends a withdrawal as it stands: `decide` would drop it, for it says nothing by itself. */
  readonly withdraw: (payment: PaymentId, withdrawal: EventOf<"FactsWithdrawn">) => Promise<void>
  /** Every event, in the order of positions. */
  readonly log: () => Promise<ReadonlyArray<{ readonly payment: PaymentId; readonly event: PaymentEvent }>>
  /** The live view, once it has caught up; in any order. */
  readonly view: () => Promise<ReadonlyArray<ViewRow>>
  /** Builds the view anew from the log. */
  readonly rebuild: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The row that a state must show. */
export function toViewRow(payment: PaymentId, state: PaymentState): ViewRow {
  const { mode, status, requested, received, refunded } = toPayment(state)
  return { payment, mode, status, requested, received, refunded }
}
