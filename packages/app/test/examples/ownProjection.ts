import { Projections, type ProjectionTable, projection, SHIPPED_PROJECTIONS, upsertRows } from "@payfold/app"
import { toPayment } from "@payfold/domain"
import { Effect } from "effect"
import { sql } from "kysely"

/** How long payers take, by payment. */
interface WaitsTable {
  readonly merchant: string
  readonly payment_id: string
  readonly seconds: number | null
}

const TABLE: ProjectionTable<"waits", WaitsTable> = {
  name: "waits",
  columns: {
    merchant: ["text", "not null"],
    payment_id: ["text", "not null"],
    seconds: ["integer"],
  },
  key: ["merchant", "payment_id"],
  indexes: table => [sql`create index on ${table} (merchant, seconds)`],
}

export const waits = projection<{ readonly waits: WaitsTable }>({
  name: "waits",
  version: 1,
  tables: [TABLE],
  apply: batch => {
    const rows = batch.changes.map(({ payment, after }) => {
      const { createdAt, paidAt } = toPayment(after)
      const seconds = createdAt && paidAt ? Math.round((Date.parse(paidAt) - Date.parse(createdAt)) / 1000) : null
      return { merchant: batch.merchant.merchant, payment_id: payment, seconds }
    })
    return upsertRows(batch, TABLE, rows)
  },
})

/** Projected from now on by everything that runs with this, beside the views that come with Payfold. */
export const withWaits = Effect.provideService(Projections, [...SHIPPED_PROJECTIONS, waits])
