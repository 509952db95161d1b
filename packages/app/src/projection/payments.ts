import { formatMethod, type Money, toPayment } from "@payfold/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { payfoldSchemaName } from "../postgres/payfoldSchemaName.ts"
import { Transaction } from "../postgres/Transaction.ts"
import type { Change, Projection } from "./Projection.ts"

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

/** The `payments` view: upserts the row of every payment that changed. */
export const payments: Projection = {
  name: "payments",
  version: 1,
  apply: Effect.fnUntraced(function* (merchant, changes, table) {
    const transaction = yield* Transaction
    const rows = JSON.stringify(changes.map(change => paymentRow(merchant, change)))
    const target = sql.id(payfoldSchemaName, table)
    yield* transaction.query(`project into ${table}`, database =>
      sql`insert into ${target}
        select * from json_populate_recordset(null::payfold.payments, ${rows}::json)
        on conflict (merchant, payment_id) do update set ${sql.join(UPDATES)}`.execute(database),
    )
  }),
}

const COLUMNS = [
  ...["provider", "status", "mode", "requested_amount", "requested_currency", "received_amount", "received_currency"],
  ...["refunded_amount", "refunded_currency", "method", "method_label", "order_reference", "instructions", "deadline"],
  ...["created_at", "paid_at", "expired_at", "failed_at", "refunded_at"],
  ...["failure_category", "failure_code", "failure_message", "discrepancies", "version", "position"],
]
const UPDATES = COLUMNS.map(column => sql`${sql.id(column)} = excluded.${sql.id(column)}`)

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
    ...money("requested", payment.requested),
    ...money("received", payment.received),
    ...money("refunded", payment.refunded),
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

type AmountColumns<Name extends string> = { readonly [Key in `${Name}_amount`]: number | null } & {
  readonly [Key in `${Name}_currency`]: string | null
}

function money<Name extends string>(
  name: Name,
  value: Pick<Money, "amount" | "currency"> | undefined,
): AmountColumns<Name> {
  // TypeScript does not follow computed keys; both are written here.
  return {
    [`${name}_amount`]: value?.amount ?? null,
    [`${name}_currency`]: value?.currency ?? null,
  } as AmountColumns<Name>
}
