import { toPayment } from "@payfold/domain"
import { type Projection, type ProjectionTable, projection } from "../../src/projection/Projection.ts"
import { upsertRows } from "../../src/projection/writeRows.ts"

/** A small projection in two versions: the second has one column less and one more. Named anew for each case, for builds belong to a database. */
export function statusBoard(name: string, version: 1 | 2): Projection {
  const own = version === 1 ? "mode" : "currency"
  const table: ProjectionTable<string> = {
    name,
    columns: {
      merchant: ["text", "not null"],
      payment_id: ["text", "not null"],
      [own]: ["text"],
      status: ["text", "not null"],
    },
    key: ["merchant", "payment_id"],
  }
  return projection<Record<string, Record<string, unknown>>>({
    name,
    version,
    tables: [table],
    apply: batch => {
      const rows = batch.changes.map(({ payment, after }) => {
        const { status, mode, requested } = toPayment(after)
        return { merchant: batch.merchant.merchant, payment_id: payment, status, mode, currency: requested?.currency }
      })
      return upsertRows(batch, table, rows)
    },
  })
}
