import type { PaymentStatus } from "@payfold/domain"
import { Context, type Effect } from "effect"

/**
 * A payment's status after one delivery, where it was another before. `from` is `none` for a payment that was not known: an order that is paid at
 * its first report goes from none to paid at once.
 */
export interface Transition {
  readonly merchant: string
  readonly payment: string
  readonly from: PaymentStatus | "none"
  readonly to: PaymentStatus
  /** Position of the last event that the delivery taught. */
  readonly position: number
  /** Null where the events were appended without a delivery. */
  readonly deliveryId: number | null
  readonly recordedAt: string
  /** The same for every attempt, and for no other transition: hand it to whoever must not do the work twice. */
  readonly idempotencyKey: string
}

/**
 * Work to be done when a payment's status changes: ship, tell the payer, cancel the order.
 *
 * It is run at least once for each transition it wants, in their order for one payment, and never for a rebuild or a retranslation: neither is a
 * delivery. A reaction that is new begins with what comes from then on. Fails with whatever tells a person what was wrong.
 */
export interface Reaction {
  /** Names its checkpoint: under another name it is another reaction. */
  readonly name: string
  readonly wants: (transition: Transition) => boolean
  readonly run: (transition: Transition) => Effect.Effect<void, unknown>
}

/** The reactions in use; none unless a service provides its own. */
export const Reactions = Context.Reference<ReadonlyArray<Reaction>>("@payfold/app/reaction/Reactions", {
  defaultValue: () => [],
})

export interface ReactionLimits {
  /** Attempts before a transition is parked, and with it what comes after for its payment. */
  readonly attempts: number
  /** An attempt is interrupted after this. It counts as failed, although it may have done its work. */
  readonly timeoutMs: number
  /** Before the second attempt; doubled before each further one, up to the maximum. */
  readonly retryDelayMs: number
  readonly maximumRetryDelayMs: number
  /** Reactions under way at once, each of another payment. */
  readonly concurrency: number
}

export const ReactionLimits = Context.Reference<ReactionLimits>("@payfold/app/reaction/ReactionLimits", {
  defaultValue: () => ({
    attempts: 8,
    timeoutMs: 30_000,
    retryDelayMs: 1_000,
    maximumRetryDelayMs: 300_000,
    concurrency: 8,
  }),
})
