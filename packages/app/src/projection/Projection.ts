import type { PaymentEvent, PaymentState } from "@payfold/domain"
import type { Effect } from "effect"
import type { Kysely, RawBuilder } from "kysely"
import type { PaymentStream } from "../log/paymentStreams.ts"
import type { Merchant } from "../merchant/Merchant.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"

/** What became of one payment between two positions of the log. */
export interface Change {
  readonly payment: string
  /** Nothing known where the payment is new to the projection: in a rebuild always. */
  readonly before: PaymentState
  readonly after: PaymentState
  /** The events between, oldest first; after a withdrawal `after` is not `before` joined with them. */
  readonly events: ReadonlyArray<PaymentEvent>
  /** The payment's whole stream; the events between are its last ones. */
  readonly stream: PaymentStream
  /** How many events the payment's stream has now. */
  readonly version: number
  /** Position of the last of them. */
  readonly position: number
  /** When we recorded the first and the last of the events between. */
  readonly firstRecordedAt: string
  readonly lastRecordedAt: string
}

/** A batch of changes, each payment in it once, and the tables to write them to: the live ones, or some that are built beside them. */
export interface Batch<Tables = unknown> {
  readonly merchant: Merchant
  readonly changes: ReadonlyArray<Change>
  /** Whether no row of these payments can be in the tables yet: a rebuild folds each payment whole, once. */
  readonly arePaymentsNew: boolean
  /** One statement in the projector's transaction. Tables of the projection are named as in its `tables`; `operation` names it in a failure. */
  readonly query: <A>(
    operation: string,
    run: (database: Kysely<Tables>) => Promise<A>,
  ) => Effect.Effect<A, DatabaseFailure>
  /** The name of a table for an `sql` template. */
  readonly table: (name: keyof Tables & string) => RawBuilder<unknown>
}

/**
 * A column in SQL: its type, and its constraints if it has any. Every column is written with every row, null where the row lacks it: a default is never taken. A list is `jsonb`,
 * a bound (of a text's length, say) is a check.
 */
export type ProjectionColumn = readonly [type: string, constraints?: string]

export interface ProjectionTable<Name extends string = string, Row = Record<string, unknown>> {
  /** Names the view; the tables behind it are this name and the number of their build. */
  readonly name: Name
  /** In the order they have in the table and its view. */
  readonly columns: Readonly<Record<keyof Row & string, ProjectionColumn>>
  /** Columns of the primary key, `merchant` first. */
  readonly key: readonly ["merchant", ...ReadonlyArray<keyof Row & string>]
  /** A statement for each index that readers are served by; a rebuild makes them once the table is filled. Without names: two builds stand beside each other. */
  readonly indexes?: (table: RawBuilder<unknown>) => ReadonlyArray<RawBuilder<unknown>>
  /** The same for those by which `apply` itself looks rows up: there from the first row on. */
  readonly applyIndexes?: (table: RawBuilder<unknown>) => ReadonlyArray<RawBuilder<unknown>>
}

/** A row of a projection, by its table and key. */
export interface RowKey {
  readonly table: string
  readonly key: Readonly<Record<string, unknown>>
}

interface Definition<Tables> {
  /** Lower-case; names the checkpoint and, mostly, the first view. */
  readonly name: string
  /** Grows when the same changes give other rows, or the tables change. */
  readonly version: number
  readonly tables: ReadonlyArray<ProjectionTable<keyof Tables & string>>
  /** What of the merchant's settings the rows depend on, as a text: when it changes the view must be rebuilt. */
  readonly settings?: (merchant: Merchant) => string
  /**
   * Writes a batch, set-based: one statement a table, however many changes. It must depend on nothing but the batch and the rows it wrote before, and
   * the same log cut into other batches must give the same rows. Rows and checkpoint move together, so each change is applied exactly once.
   */
  readonly apply: (batch: Batch<Tables>) => Effect.Effect<void, DatabaseFailure>
  /** Rows without a `payment_id` that a change touches, so that a difference can name the payments behind it. */
  readonly rowsTouched?: (merchant: Merchant, change: Change) => ReadonlyArray<RowKey>
}

/** A read model: rows derived from states. Made by `projection`. */
export type Projection = Definition<Record<string, unknown>>

/** A projection with tables of these Kysely types. */
export function projection<Tables>(definition: Definition<Tables>): Projection {
  // The projector hands a projection its own tables and no others, so the types they have in here concern nobody else.
  return definition as unknown as Projection
}

/**
 * Version of what is derived from a state (status, amounts shown, discrepancies). Grows with every change there; views made with another one
 * must be rebuilt.
 */
export const DERIVATION_VERSION = 1
