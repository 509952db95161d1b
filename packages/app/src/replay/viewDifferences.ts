import { Effect } from "effect"
import { type RawBuilder, sql } from "kysely"
import { Transaction } from "../postgres/Transaction.ts"

/** One row in which two builds of a view differ. Rows as JSON objects; null where there is none. */
export interface ViewDifference {
  readonly table: string
  readonly key: Readonly<Record<string, unknown>>
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/** How many rows are only in the old, only in the new, and in both but changed. */
export interface DifferenceCounts {
  readonly onlyBefore: number
  readonly onlyAfter: number
  readonly changed: number
}

/** What the rows of one table differ in; `columns` counts the changed rows by the column in which they differ. */
export interface TableDifferences extends DifferenceCounts {
  readonly columns: Readonly<Record<string, number>>
  readonly examples: ReadonlyArray<ViewDifference>
}

export const NO_DIFFERENCES: TableDifferences = { onlyBefore: 0, onlyAfter: 0, changed: 0, columns: {}, examples: [] }

/**
 * Compares the rows of a merchant in two tables of one key, whole, as JSON: a column that only one of them has is a difference of every row. The first
 * differing rows by key are the examples. In the database, so that only what differs is read. Rows that are the same byte for byte are never made JSON of: nearly
 * all, and that took a quarter of a whole rebuild (50 µs a row, measured).
 */
export const tableDifferences = Effect.fnUntraced(function* (
  merchant: string,
  table: { readonly name: string; readonly key: ReadonlyArray<string> },
  before: RawBuilder<unknown>,
  after: RawBuilder<unknown>,
  maximumExamples: number,
) {
  const transaction = yield* Transaction
  const key = sql.join(table.key.map(column => sql.id(column)))
  const keyJson = sql.join(table.key.flatMap(column => [sql`${sql.lit(column)}::text`, sql.id(column)]))
  const mayDiffer = (yield* haveSameColumns(before, after)) ? sql`(old *= new) is not true` : sql`true`
  const { rows } = yield* transaction.query(`compare ${table.name}`, database =>
    sql<Omit<TableDifferences, "examples"> & { readonly examples: ReadonlyArray<Omit<ViewDifference, "table">> }>`
      with difference as materialized (
        select jsonb_build_object(${keyJson}) as key, to_jsonb(old) as before, to_jsonb(new) as after
        from (select * from ${before} where merchant = ${merchant}) as old
          full join (select * from ${after} where merchant = ${merchant}) as new using (${key})
        where ${mayDiffer} and to_jsonb(old) is distinct from to_jsonb(new)
      ), changed_column as (
        select column_name, count(*) as rows from difference, lateral (
          select coalesce(one.key, other.key) as column_name
          from jsonb_each(before) as one full join jsonb_each(after) as other on one.key = other.key
          where one.value is distinct from other.value
        ) as changed
        where before is not null and after is not null group by column_name
      )
      select count(*) filter (where after is null) as "onlyBefore",
        count(*) filter (where before is null) as "onlyAfter",
        count(*) filter (where before is not null and after is not null) as changed,
        coalesce((select jsonb_object_agg(column_name, rows) from changed_column), '{}') as columns,
        coalesce((select jsonb_agg(to_jsonb(example)) from (
          select * from difference order by key limit ${sql.lit(maximumExamples)}) as example), '[]') as examples
      from difference`.execute(database),
  )
  const [found] = rows
  if (found === undefined) return NO_DIFFERENCES
  return { ...found, examples: found.examples.map(example => ({ table: table.name, ...example })) }
})

/** Whether rows of the two can be compared as they are: PostgreSQL refuses to where their columns differ in number or type. */
const haveSameColumns = Effect.fnUntraced(function* (before: RawBuilder<unknown>, after: RawBuilder<unknown>) {
  const transaction = yield* Transaction
  const row = (table: RawBuilder<unknown>) => sql`(select array_agg((attname, atttypid)::text order by attnum)
    from pg_attribute where attrelid = pg_typeof(null::${table})::text::regclass and attnum > 0 and not attisdropped)`
  const { rows } = yield* transaction.query("compare columns", database =>
    sql<{ readonly same: boolean }>`select ${row(before)} = ${row(after)} as same`.execute(database),
  )
  return rows[0]?.same === true
})

/** The columns that differ, by name. */
export function changedColumns({ before, after }: Pick<ViewDifference, "before" | "after">): ReadonlyArray<string> {
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...columns].filter(column => JSON.stringify(before?.[column]) !== JSON.stringify(after?.[column]))
}
