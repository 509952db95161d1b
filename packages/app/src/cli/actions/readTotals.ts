import { Effect } from "effect"
import { type RawBuilder, type SqlBool, sql } from "kysely"
import { Database } from "../../postgres/Database.ts"
import type { DailyTotalsTable } from "../../projection/dailyTotals.ts"

/** Which totals; what is not named does not matter. `from` and `to` are days, both included; `unknown` is a bucket like any other. */
export interface TotalsFilters {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly provider?: string | undefined
  readonly method?: string | undefined
  readonly currency?: string | undefined
  readonly mode?: string | undefined
}

/** What one day brought in one currency and mode, over all providers and methods. Amounts are minor units, as texts: sums may be larger than a number holds. */
export type TotalsOfDay = Omit<DailyTotalsTable, "merchant" | "provider" | "method">

/** One row a currency, mode, day and way the day is known: as many as there are days, however many payments. */
export const totalsByDay = Effect.fnUntraced(function* (merchant: string, filters: TotalsFilters) {
  const database = yield* Database
  return yield* database.read("read totals", kysely =>
    kysely
      .selectFrom("daily_totals")
      .select(["currency", "mode", "day", "day_from"])
      .select([
        sql<number>`sum(received_count)::bigint`.as("received_count"),
        sql<string>`sum(received_amount)::text`.as("received_amount"),
        sql<number>`sum(refunded_count)::bigint`.as("refunded_count"),
        sql<string>`sum(refunded_amount)::text`.as("refunded_amount"),
      ])
      .where("merchant", "=", merchant)
      .where(matching(filters))
      .groupBy(["currency", "mode", "day", "day_from"])
      .orderBy("currency")
      .orderBy("mode")
      .orderBy("day")
      .orderBy("day_from")
      .execute(),
  )
})

/** Rows of the view read at a time. */
const PAGE_ROWS = 1000

/** Every row of the view that matches, page by page in the order of its key. */
export const eachTotalsPage = Effect.fnUntraced(function* (
  merchant: string,
  filters: TotalsFilters,
  use: (rows: ReadonlyArray<DailyTotalsTable>) => void,
) {
  let last: DailyTotalsTable | undefined
  do {
    const rows: ReadonlyArray<DailyTotalsTable> = yield* totalsPage(merchant, filters, last)
    if (rows.length > 0) use(rows)
    last = rows.length < PAGE_ROWS ? undefined : rows.at(-1)
  } while (last !== undefined)
})

const KEY = sql`(day, day_from, provider, method, currency, mode)`

const totalsPage = Effect.fnUntraced(function* (
  merchant: string,
  filters: TotalsFilters,
  last: DailyTotalsTable | undefined,
) {
  const database = yield* Database
  const after =
    last === undefined
      ? sql<SqlBool>`true`
      : sql<SqlBool>`${KEY} > (${sql.join([sql`${last.day}::date`, last.day_from, last.provider, last.method, last.currency, last.mode])})`
  return yield* database.read("read daily totals", kysely =>
    kysely
      .selectFrom("daily_totals")
      .selectAll()
      .where("merchant", "=", merchant)
      .where(after)
      .where(matching(filters))
      .orderBy(KEY)
      .limit(PAGE_ROWS)
      .execute(),
  )
})

function matching({ from, to, provider, method, currency, mode }: TotalsFilters): RawBuilder<SqlBool> {
  const conditions = [
    sql`true`,
    ...(from === undefined ? [] : [sql`day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`day <= ${to}::date`]),
    ...(provider === undefined ? [] : [sql`provider = ${provider}`]),
    ...(method === undefined ? [] : [sql`method = ${method}`]),
    ...(currency === undefined ? [] : [sql`currency = ${currency}`]),
    ...(mode === undefined ? [] : [sql`mode = ${mode}`]),
  ]
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}
