import { type RawBuilder, sql } from "kysely"
import { buildTable } from "./BuildTables.ts"
import type { ProjectionTable } from "./Projection.ts"
import { names } from "./writeRows.ts"

/** The statements that make a projection's table in a build: itself, its primary key, and the indexes that are there from the first row on. */
export function createTable(
  { name, columns, key, applyIndexes }: ProjectionTable,
  build: number,
): ReadonlyArray<RawBuilder<unknown>> {
  const table = buildTable(name, build)
  const parts = Object.entries(columns).map(([column, [type, constraints = ""]]) => {
    if (UNWRITABLE.test(type)) {
      throw new Error(
        `the table ${name}: a column cannot be ${type} (${column}); a list is jsonb, and a bound is a check`,
      )
    }
    return sql`${sql.id(column)} ${sql.raw(type)} ${sql.raw(constraints)}`
  })
  return [
    sql`create table ${table} (${sql.join(parts)}, primary key (${names(key)}))`,
    ...(applyIndexes === undefined ? [] : applyIndexes(table)),
  ]
}

/** Rows are written as an array a column: of arrays there is none, and to cast to a type with a bound would cut what is too long. */
const UNWRITABLE = /[[(]|\barray\b|^char(acter)?$/i

/** The statements that make the indexes for readers. */
export function createIndexes({ name, indexes }: ProjectionTable, build: number): ReadonlyArray<RawBuilder<unknown>> {
  return indexes === undefined ? [] : indexes(buildTable(name, build))
}
