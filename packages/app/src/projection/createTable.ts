import { type RawBuilder, sql } from "kysely"
import { buildTable } from "./BuildTables.ts"
import type { ProjectionTable } from "./Projection.ts"
import { names } from "./writeRows.ts"

/**
 * The statements that make a projection's table in a build: itself, its primary key, and the indexes that are there from the first row on. A column that is an array is
 * refused, since rows are written as arrays of their columns.
 */
export function createTable(
  { name, columns, key, applyIndexes }: ProjectionTable,
  build: number,
): ReadonlyArray<RawBuilder<unknown>> {
  const table = buildTable(name, build)
  const parts = Object.entries(columns).map(([column, [type, constraints = ""]]) => {
    if (type.endsWith("]")) throw new Error(`the table ${name}: column ${column} is an array; a list is jsonb here`)
    return sql`${sql.id(column)} ${sql.raw(type)} ${sql.raw(constraints)}`
  })
  return [
    sql`create table ${table} (${sql.join(parts)}, primary key (${names(key)}))`,
    ...(applyIndexes === undefined ? [] : applyIndexes(table)),
  ]
}

/** The statements that make the indexes for readers. */
export function createIndexes({ name, indexes }: ProjectionTable, build: number): ReadonlyArray<RawBuilder<unknown>> {
  return indexes === undefined ? [] : indexes(buildTable(name, build))
}
