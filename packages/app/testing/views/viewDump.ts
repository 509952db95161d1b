import { storable } from "@payfold/domain"
import { stateText } from "@payfold/domain/testing"
import { Effect } from "effect"
import { type RawBuilder, sql } from "kysely"
import { Database } from "../../src/postgres/Database.ts"
import { viewNamed } from "../../src/projection/BuildTables.ts"
import type { Projection } from "../../src/projection/Projection.ts"

/** Rows by table. */
export type Tables = Readonly<Record<string, ReadonlyArray<object>>>

/** The canonical dump of some tables: a line a row, as JSON with its keys in order, the lines in the order of their bytes. */
export function dumpOf(tables: Tables): string {
  const lines = Object.entries(tables).flatMap(([table, rows]) =>
    rows.map(row => `${table} ${stateText(storable(row).value)}`),
  )
  return lines.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join("\n")
}

/** The dump of a merchant's rows in the views of these projections, read as any reader would. */
export const viewDump = Effect.fnUntraced(function* (
  merchant: string,
  projections: ReadonlyArray<Projection>,
  relation: (table: string) => RawBuilder<unknown> = viewNamed,
) {
  const database = yield* Database
  const tables: Record<string, ReadonlyArray<object>> = {}
  for (const { name } of projections.flatMap(projection => projection.tables)) {
    const { rows } = yield* database.query("dump view", kysely =>
      sql<object>`select * from ${relation(name)} where merchant = ${merchant}`.execute(kysely),
    )
    tables[name] = rows
  }
  return dumpOf(tables)
})
