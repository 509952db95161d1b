import type { PaymentEvent, PaymentState } from "@payfold/domain"
import type { Effect } from "effect"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { Transaction } from "../postgres/Transaction.ts"

/** What became of one payment between two positions of the log. */
export interface Change {
  readonly payment: string
  readonly before: PaymentState
  readonly after: PaymentState
  /** The events between, oldest first; after a withdrawal `after` is not `before` joined with them. */
  readonly events: ReadonlyArray<PaymentEvent>
  /** How many events the payment's stream has now. */
  readonly version: number
  /** Position of the last of them. */
  readonly position: number
}

/**
 * A read model: rows derived from states. Its rows and its checkpoint move in one transaction, so each change is applied exactly once.
 *
 * `apply` gets each payment at most once a call and writes set-based: one statement a table, however many changes. It must depend on nothing but the
 * changes, or a rebuild would differ from the live rows.
 */
export interface Projection {
  /** Names the view, its tables and its checkpoint. */
  readonly name: "payments"
  /** Grows when the same changes give other rows. */
  readonly version: number
  readonly apply: (
    merchant: string,
    changes: ReadonlyArray<Change>,
    /** The table to write: the live one, or one that is being rebuilt beside it. */
    table: string,
  ) => Effect.Effect<void, DatabaseFailure, Transaction>
}

/**
 * Version of what is derived from a state (status, amounts shown, discrepancies). Grows with every change there; views made with another one
 * must be rebuilt.
 */
export const DERIVATION_VERSION = 1
