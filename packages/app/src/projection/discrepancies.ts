import { toPayment } from "@payfold/domain"
import { sql } from "kysely"
import { type Change, type ProjectionTable, projection } from "./Projection.ts"
import { replacePaymentRows } from "./writeRows.ts"

/** One row per discrepancy of a payment; `number` tells those of one payment apart. `facts` are the values it rests on. */
export interface DiscrepanciesTable {
  readonly merchant: string
  readonly payment_id: string
  readonly number: number
  readonly code: string
  readonly message: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly status: string
  readonly mode: string | null
  readonly position: number
}

const TABLE: ProjectionTable<"discrepancies", DiscrepanciesTable> = {
  name: "discrepancies",
  columns: {
    merchant: ["text", "not null"],
    payment_id: ["text", "not null"],
    number: ["integer", "not null"],
    code: ["text", "not null"],
    message: ["text", "not null"],
    facts: ["jsonb", "not null"],
    status: ["text", "not null"],
    mode: ["text"],
    position: ["bigint", "not null"],
  },
  key: ["merchant", "payment_id", "number"],
  indexes: table => [sql`create index on ${table} (merchant, code)`],
}

/** What reports of one payment contradict each other in. An order paid twice concerns several payments: see `orders`. */
export const discrepancies = projection<{ readonly discrepancies: DiscrepanciesTable }>({
  name: "discrepancies",
  version: 1,
  tables: [TABLE],
  apply: batch => {
    const rows = batch.changes.flatMap(change => discrepancyRows(batch.merchant.merchant, change))
    return replacePaymentRows(batch, TABLE, rows)
  },
})

export function discrepancyRows(
  merchant: string,
  { payment, after, position }: Pick<Change, "payment" | "after" | "position">,
): ReadonlyArray<DiscrepanciesTable> {
  const shown = toPayment(after)
  return shown.discrepancies.map(({ code, message, facts }, index) => ({
    merchant,
    payment_id: payment,
    number: index + 1,
    code,
    message,
    facts,
    status: shown.status,
    mode: shown.mode ?? null,
    position,
  }))
}
