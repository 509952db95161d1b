import type { ColumnType, Generated } from "kysely"
import type { DailyTotalsTable } from "../projection/dailyTotals.ts"
import type { DiscrepanciesTable } from "../projection/discrepancies.ts"
import type { DueTable } from "../projection/due.ts"
import type { BuildState } from "../projection/installStatements.ts"
import type { OrderAttemptsTable, OrdersTable } from "../projection/orders.ts"
import type { PaymentsTable } from "../projection/payments.ts"

/** `bytea`; both drivers give a `Uint8Array` (pg its subclass `Buffer`). */
type Bytes = Uint8Array
/** ISO 8601 text in UTC, see `columnParsers`. */
type Instant = string

/** Our tables as the migrations leave them. `bigint` columns are safe integers, see `columnParsers`. */
export interface PayfoldSchema {
  readonly merchant: MerchantTable
  readonly log_head: LogHeadTable
  readonly event: EventTable
  readonly append_key: AppendKeyTable
  readonly delivery: DeliveryTable
  readonly drainer: DrainerTable
  readonly retranslation: RetranslationTable
  readonly build: BuildTable
  readonly checkpoint: CheckpointTable
  readonly reaction_checkpoint: ReactionCheckpointTable
  readonly reaction_task: ReactionTaskTable
  // Views, each on the tables of one build.
  readonly payments: PaymentsTable
  readonly due: DueTable
  readonly daily_totals: DailyTotalsTable
  readonly discrepancies: DiscrepanciesTable
  readonly orders: OrdersTable
  readonly order_attempts: OrderAttemptsTable
}

export interface MerchantTable {
  readonly merchant: string
  readonly time_zone: Generated<string>
  readonly reference_keys: Generated<ReadonlyArray<string>>
  readonly created_at: Generated<Instant>
}

/** One row a merchant: the counter every append locks first. `recorded_at` is `-infinity` while the log is empty. */
export interface LogHeadTable {
  readonly merchant: string
  readonly head: Generated<number>
  readonly recorded_at: Generated<Instant>
  readonly chain: Generated<Bytes>
}

/** `data` is the event's JSON exactly as written; `link` is the chain after an append and stands on the append's last event. */
export interface EventTable {
  readonly merchant: string
  readonly position: number
  readonly payment_id: string
  readonly version: number
  readonly type: string
  readonly schema_version: number
  readonly adapter: string
  readonly adapter_version: number
  readonly delivery_id: number | null
  readonly correlation: string | null
  readonly data: string
  readonly recorded_at: Instant
  readonly link: Bytes | null
}

export interface AppendKeyTable {
  readonly merchant: string
  readonly key: string
  readonly request_hash: Bytes
  readonly first_position: number
  readonly last_position: number
}

export interface DeliveryTable {
  readonly merchant: string
  readonly delivery_id: Generated<number>
  readonly provider: string
  /** Null once pruned. */
  readonly body: Bytes | null
  readonly pruned_at: Instant | null
  readonly body_hash: Bytes
  readonly headers: ColumnType<Readonly<Record<string, string>>, string, string>
  readonly verdict: "verified" | "operator" | "unverified"
  readonly received_at: Generated<Instant>
  readonly times_received: Generated<number>
  readonly last_received_at: Generated<Instant>
  readonly state: Generated<"waiting" | "recorded" | "ignored" | "quarantined">
  readonly reason: string | null
  readonly drained_at: Instant | null
}

/** Scratch of `retranslate`: the events implied now, by payment, in the order of the deliveries. */
export interface RetranslationTable {
  readonly merchant: string
  readonly payment_id: string
  readonly delivery_id: number
  readonly ordinal: number
  readonly data: string
}

/** Its row, locked or skipped, makes one drainer a merchant. */
export interface DrainerTable {
  readonly merchant: string
}

/** One making of a projection's rows, see `BuildState`. Its tables are named `<table>__<build>`. */
export interface BuildTable {
  readonly build: number
  readonly projection: string
  readonly projection_version: number
  readonly derivation_version: number
  readonly tables: ReadonlyArray<string>
  readonly state: BuildState
  readonly created_at: Generated<Instant>
}

/** How far a build is, of one merchant's log. While a rebuild goes by payment, `position` stays 0 and the two `folded` columns say how far. */
export interface CheckpointTable {
  readonly merchant: string
  readonly build: number
  readonly position: Generated<number>
  readonly settings: string
  readonly folded_payment: string | null
  readonly folded_position: number | null
}

/** The log up to here was looked through for transitions. */
export interface ReactionCheckpointTable {
  readonly merchant: string
  readonly reaction: string
  readonly position: number
}

/** A transition that a reaction has still to be run for. `position` is that of the last event of the delivery that made it. */
export interface ReactionTaskTable {
  readonly merchant: string
  readonly reaction: string
  readonly payment_id: string
  readonly position: number
  readonly delivery_id: number | null
  readonly from_status: string
  readonly to_status: string
  readonly recorded_at: Instant
  readonly attempts: Generated<number>
  readonly due_at: Instant
  readonly parked: Generated<boolean>
  readonly last_error: string | null
}
