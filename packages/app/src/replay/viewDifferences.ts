import type { Kysely } from "kysely"
import { type RawBuilder, sql } from "kysely"
import type { PayfoldSchema } from "../postgres/PayfoldSchema.ts"

/** One row in which two versions of a view differ. Rows as JSON objects; null where there is none. */
export interface ViewDifference {
  readonly merchant: string
  readonly payment: string
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/** How many rows are only in the old, only in the new, and in both but changed. */
export interface DifferenceCounts {
  readonly onlyBefore: number
  readonly onlyAfter: number
  readonly changed: number
}

/** Two relations of payment rows, joined by payment, where they differ. A row is compared whole, as JSON. */
export function differing(before: RawBuilder<unknown>, after: RawBuilder<unknown>): RawBuilder<ViewDifference> {
  return sql<ViewDifference>`
    select coalesce(old.merchant, new.merchant) as merchant, coalesce(old.payment_id, new.payment_id) as payment,
      case when old.payment_id is not null then to_jsonb(old) end as before,
      case when new.payment_id is not null then to_jsonb(new) end as after
    from ${before} as old full join ${after} as new on old.merchant = new.merchant and old.payment_id = new.payment_id
    where to_jsonb(old) is distinct from to_jsonb(new)`
}

/** Counts of the differences, without reading them. */
export async function countDifferences(
  database: Kysely<PayfoldSchema>,
  before: RawBuilder<unknown>,
  after: RawBuilder<unknown>,
): Promise<DifferenceCounts> {
  const { rows } = await sql<DifferenceCounts>`
    select count(*) filter (where after is null) as "onlyBefore",
      count(*) filter (where before is null) as "onlyAfter",
      count(*) filter (where before is not null and after is not null) as "changed"
    from (${differing(before, after)}) as difference`.execute(database)
  return rows[0] ?? { onlyBefore: 0, onlyAfter: 0, changed: 0 }
}

/** The columns that differ, by name. */
export function changedColumns({ before, after }: ViewDifference): ReadonlyArray<string> {
  const columns = Object.keys(after ?? before ?? {})
  return columns.filter(column => JSON.stringify(before?.[column]) !== JSON.stringify(after?.[column]))
}
