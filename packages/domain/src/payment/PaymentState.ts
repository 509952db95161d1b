import type { Instant } from "../Instant.ts"
import type { Facts } from "./Fact.ts"

/** Kinds of report that have been seen; none is ever unsaid by another report. */
export interface Seen {
  readonly created: boolean
  readonly awaiting: boolean
  /** The payer has acted: there is nothing more for the payer to do. */
  readonly authorised: boolean
  readonly paid: boolean
  readonly expired: boolean
  readonly failed: boolean
  /** A failure without a named cause, by a provider that says *failed* for an expiry. */
  readonly mayBeExpired: boolean
}

/** Amounts in minor units by key, keys in order. */
export type Amounts = Readonly<Record<string, number>>

/**
 * All that is known of one payment, as a join-semilattice in normal form: two states that know the same are equal, field by field.
 * It holds what was reported, not what is shown; `toPayment` reads it.
 */
export interface PaymentState {
  readonly seen: Seen
  readonly facts: Facts
  /** The earliest instant told, by name: `createdAt`, `paidAt`, `expiredAt`, `failedAt`, `refundedAt`. */
  readonly instants: Readonly<Record<string, Instant>>
  /** The latest deadline told: deadlines are extended. */
  readonly deadline: Instant | undefined
  /** The largest amount told, by currency. */
  readonly received: Amounts
  /** By `<currency> <id>`. */
  readonly refunds: Amounts
  readonly chargebacks: Amounts
  readonly chargebackReversals: Amounts
  /** The largest total told, by currency, kept only while it exceeds the refunds known by id. */
  readonly refundedTotal: Amounts
  /** Sentences on flags of a report that must agree and do not. */
  readonly disagreements: ReadonlyArray<string>
}

/** Nothing is known yet: the bottom of the lattice. */
export const UNKNOWN_PAYMENT: PaymentState = {
  seen: {
    created: false,
    awaiting: false,
    authorised: false,
    paid: false,
    expired: false,
    failed: false,
    mayBeExpired: false,
  },
  facts: {},
  instants: {},
  deadline: undefined,
  received: {},
  refunds: {},
  chargebacks: {},
  chargebackReversals: {},
  refundedTotal: {},
  disagreements: [],
}
