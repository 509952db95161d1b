import { Effect } from "effect"
import { type RawBuilder, sql } from "kysely"
import { Database } from "../postgres/Database.ts"

/** Rows read at a time. */
const PAGE_ROWS = 1_000

type Row = Readonly<Record<string, unknown>>

/** Every row of a merchant in a table or view, page by page in the order of its key, as JSON objects. */
export const eachRow = Effect.fnUntraced(function* <E, R>(
  merchant: string,
  relation: RawBuilder<unknown>,
  key: ReadonlyArray<string>,
  use: (rows: ReadonlyArray<Row>) => Effect.Effect<void, E, R>,
) {
  const database = yield* Database
  const columns = sql.join(key.map(column => sql.id(column)))
  let last: Row | undefined
  while (true) {
    const after: RawBuilder<unknown> =
      last === undefined
        ? sql`true`
        : sql`(${columns}) > (select ${columns} from jsonb_populate_record(null::${relation}, ${JSON.stringify(last)}::jsonb))`
    const { rows } = yield* database.read("read rows", kysely =>
      sql<{ row: Row }>`select to_jsonb(one) as row from ${relation} as one
        where merchant = ${merchant} and ${after} order by ${columns} limit ${sql.lit(PAGE_ROWS)}`.execute(kysely),
    )
    if (rows.length > 0) yield* use(rows.map(({ row }) => row))
    if (rows.length < PAGE_ROWS) return
    last = rows.at(-1)?.row
  }
})
