import { formatMethod, toPayment } from "@payfold/domain"
import { sql } from "kysely"
import { type Change, type ProjectionTable, projection } from "./Projection.ts"
import { upsertRows } from "./writeRows.ts"

/** One row per payment. Amounts are minor units; instants are ISO 8601 text in UTC; null is unknown. */
export interface PaymentsTable {
  readonly merchant: string
  readonly payment_id: string
  readonly provider: string
  readonly status: string
  readonly mode: string | null
  readonly requested_amount: number | null
  readonly requested_currency: string | null
  readonly received_amount: number | null
  readonly received_currency: string | null
  readonly refunded_amount: number | null
  readonly refunded_currency: string | null
  /** The tag of the domain's `PaymentMethod`, and its words for people. */
  readonly method: string | null
  readonly method_label: string | null
  readonly order_reference: string | null
  readonly instructions: Readonly<Record<string, string>>
  readonly deadline: string | null
  readonly created_at: string | null
  readonly paid_at: string | null
  readonly expired_at: string | null
  readonly failed_at: string | null
  readonly refunded_at: string | null
  readonly failure_category: string | null
  readonly failure_code: string | null
  readonly failure_message: string | null
  readonly discrepancies: ReadonlyArray<{ readonly code: string; readonly message: string }>
  readonly version: number
  readonly position: number
}

const TABLE: ProjectionTable<"payments", PaymentsTable> = {
  name: "payments",
  columns: {
    merchant: ["text", "not null"],
    payment_id: ["text", "not null"],
    provider: ["text", "not null"],
    status: ["text", "not null"],
    mode: ["text"],
    requested_amount: ["bigint"],
    requested_currency: ["text"],
    received_amount: ["bigint"],
    received_currency: ["text"],
    refunded_amount: ["bigint"],
    refunded_currency: ["text"],
    method: ["text"],
    method_label: ["text"],
    order_reference: ["text"],
    instructions: ["jsonb", "not null"],
    deadline: ["timestamptz"],
    created_at: ["timestamptz"],
    paid_at: ["timestamptz"],
    expired_at: ["timestamptz"],
    failed_at: ["timestamptz"],
    refunded_at: ["timestamptz"],
    failure_category: ["text"],
    failure_code: ["text"],
    failure_message: ["text"],
    discrepancies: ["jsonb", "not null"],
    version: ["integer", "not null"],
    position: ["bigint", "not null"],
  },
  key: ["merchant", "payment_id"],
  indexes: table => [
    sql`create index on ${table} (merchant, status)`,
    sql`create index on ${table} (merchant, order_reference) where order_reference is not null`,
  ],
}

/** The `payments` view: one row a payment, however little is known of it. */
export const payments = projection<{ readonly payments: PaymentsTable }>({
  name: "payments",
  version: 1,
  tables: [TABLE],
  apply: batch => {
    const rows = batch.changes.map(change => paymentRow(batch.merchant.merchant, change))
    return upsertRows(batch, TABLE, rows)
  },
})

/** The row of a payment, from all that is known of it. */
export function paymentRow(
  merchant: string,
  change: Pick<Change, "payment" | "after" | "version" | "position">,
): PaymentsTable {
  const payment = toPayment(change.after)
  return {
    merchant,
    payment_id: change.payment,
    // The stream's name says it, even where only a lone refund is known.
    provider: change.payment.slice(0, change.payment.indexOf(":")),
    status: payment.status,
    mode: payment.mode ?? null,
    requested_amount: payment.requested?.amount ?? null,
    requested_currency: payment.requested?.currency ?? null,
    received_amount: payment.received?.amount ?? null,
    received_currency: payment.received?.currency ?? null,
    refunded_amount: payment.refunded?.amount ?? null,
    refunded_currency: payment.refunded?.currency ?? null,
    method: payment.method?._tag ?? null,
    method_label: payment.method === undefined ? null : formatMethod(payment.method),
    order_reference: payment.orderReference ?? null,
    instructions: payment.instructions,
    deadline: payment.deadline ?? null,
    created_at: payment.createdAt ?? null,
    paid_at: payment.paidAt ?? null,
    expired_at: payment.expiredAt ?? null,
    failed_at: payment.failedAt ?? null,
    refunded_at: payment.refundedAt ?? null,
    failure_category: payment.failure?.category ?? null,
    failure_code: payment.failure?.code ?? null,
    failure_message: payment.failure?.message ?? null,
    discrepancies: payment.discrepancies.map(({ code, message }) => ({ code, message })),
    version: change.version,
    position: change.position,
  }
}
