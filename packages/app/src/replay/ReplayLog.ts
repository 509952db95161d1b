import type { NewerEvent, Payment, PaymentEvent, PaymentState, UnreadableEvent } from "@payfold/domain"
import type { Effect, Scope, Stream } from "effect"
import type { UnknownMerchant } from "../log/AppendError.ts"
import type { PaymentStream, RecordedEvent } from "../log/paymentStreams.ts"
import type { Merchant } from "../merchant/Merchant.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { Projection } from "../projection/Projection.ts"
import type { LogFileFault, LogFileUnreadable } from "../transfer/LogFileFault.ts"
import type { EventFilter, PaymentFilter, ReceivedFilter } from "./ReplayFilter.ts"
import type { ReplayTables } from "./replayTables.ts"

/** What reading a log can fail with: a damaged file, a database that is away, an event that this code cannot read. */
export type ReplayFailure =
  | LogFileFault
  | LogFileUnreadable
  | DatabaseFailure
  | UnknownMerchant
  | UnreadableEvent
  | NewerEvent

/** An event of the log, decoded, with its place. */
export interface ReplayEvent extends RecordedEvent {
  readonly payment: string
  readonly version: number
  readonly event: PaymentEvent
}

/** A payment, folded: what is shown of it, all that is known, and the events behind it. */
export interface ReplayPayment {
  readonly id: string
  readonly payment: Payment
  readonly state: PaymentState
  readonly events: PaymentStream
}

/** A body as it came in; null where it was pruned. */
export interface ReplayDelivery {
  readonly deliveryId: number
  readonly provider: string
  readonly receivedAt: string
  readonly verdict: "verified" | "operator" | "unverified"
  readonly body: Uint8Array | null
}

/**
 * A merchant's log as it stood when it was opened. It is read, never written.
 *
 * Events and deliveries come in the order of the log, page by page. Payments come page by page from a database, in order of id; from a file all that is
 * asked for is held in memory first, since a payment's events lie all over it. A filter by method folds the payments once before.
 */
export interface Replay {
  readonly merchant: Merchant
  /** The position of the last event. */
  readonly head: number
  readonly events: (filter?: EventFilter) => Stream.Stream<ReplayEvent, ReplayFailure>
  readonly payments: (filter?: PaymentFilter) => Stream.Stream<ReplayPayment, ReplayFailure>
  readonly deliveries: (filter?: ReceivedFilter) => Stream.Stream<ReplayDelivery, ReplayFailure>
  /**
   * The tables of some projections as the payments of the filter make them, in a database in memory that goes with the scope. The log's own database is
   * only read.
   */
  readonly tables: (
    projections: ReadonlyArray<Projection>,
    filter?: PaymentFilter,
  ) => Effect.Effect<ReplayTables, ReplayFailure, Scope.Scope>
}
