import { formatMethod, toPayment } from "@payfold/domain"
import { sql } from "kysely"
import { type Change, type ProjectionTable, projection } from "./Projection.ts"
import { replacePaymentRows } from "./writeRows.ts"

/** One row per payment that the payer has still to make. Whether it is overdue depends on the clock and is asked, never stored: `isOverdue`. */
export interface DueTable {
  readonly merchant: string
  readonly payment_id: string
  /** Null where no report names one; such rows come last. */
  readonly deadline: string | null
  readonly status: string
  readonly mode: string | null
  readonly requested_amount: number | null
  readonly requested_currency: string | null
  readonly method_label: string | null
  readonly order_reference: string | null
  readonly position: number
}

const TABLE: ProjectionTable<"due", DueTable> = {
  name: "due",
  columns: {
    merchant: ["text", "not null"],
    payment_id: ["text", "not null"],
    deadline: ["timestamptz"],
    status: ["text", "not null"],
    mode: ["text"],
    requested_amount: ["bigint"],
    requested_currency: ["text"],
    method_label: ["text"],
    order_reference: ["text"],
    position: ["bigint", "not null"],
  },
  key: ["merchant", "payment_id"],
  indexes: table => [sql`create index on ${table} (merchant, deadline, payment_id)`],
}

/** The work list: what waits for its payer, by deadline. A row goes when the payment was paid or ended, and comes back if a withdrawal says so. */
export const due = projection<{ readonly due: DueTable }>({
  name: "due",
  version: 1,
  tables: [TABLE],
  apply: batch => {
    const rows = batch.changes.flatMap(change => dueRow(batch.merchant.merchant, change) ?? [])
    return replacePaymentRows(batch, TABLE, rows)
  },
})

/** The row of a payment that still awaits its payer; `undefined` for any other. */
export function dueRow(
  merchant: string,
  { payment, after, position }: Pick<Change, "payment" | "after" | "position">,
): DueTable | undefined {
  const shown = toPayment(after)
  const isOpen = shown.status === "awaiting" || (shown.status === "created" && shown.deadline !== undefined)
  if (!isOpen) return undefined
  return {
    merchant,
    payment_id: payment,
    deadline: shown.deadline ?? null,
    status: shown.status,
    mode: shown.mode ?? null,
    requested_amount: shown.requested?.amount ?? null,
    requested_currency: shown.requested?.currency ?? null,
    method_label: shown.method === undefined ? null : formatMethod(shown.method),
    order_reference: shown.orderReference ?? null,
    position,
  }
}

/** Whether the deadline of a payment that still waits has passed; `now` is ISO 8601 in UTC, as instants of rows are. */
export function isOverdue(row: Pick<DueTable, "deadline" | "status">, now: string): boolean {
  const isOpen = row.status === "created" || row.status === "awaiting"
  return isOpen && row.deadline !== null && row.deadline < now
}
