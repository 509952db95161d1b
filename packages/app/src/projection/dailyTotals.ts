import { Effect } from "effect"
import { sql } from "kysely"
import type { Merchant } from "../merchant/Merchant.ts"
import { type MoneyOfDay, moneyOfDays } from "./moneyOfDays.ts"
import { type Batch, type Change, type ProjectionTable, projection } from "./Projection.ts"
import { names, selectRows } from "./writeRows.ts"

/**
 * Money received and given back, by day in the merchant's time zone and what else it is told apart by; test money in rows of its own. Amounts are
 * exact, so they are texts: a sum of minor units may be larger than any number of JavaScript that is.
 */
export interface DailyTotalsTable extends Omit<MoneyOfDay, "received_amount" | "refunded_amount"> {
  readonly merchant: string
  readonly received_amount: string
  readonly refunded_amount: string
}

interface Tables {
  readonly daily_totals: DailyTotalsTable
}

const KEY = ["merchant", "day", "day_from", "provider", "method", "currency", "mode"] as const
const MEASURES = ["received_count", "received_amount", "refunded_count", "refunded_amount"] as const

const TABLE: ProjectionTable<"daily_totals", DailyTotalsTable> = {
  name: "daily_totals",
  columns: {
    merchant: ["text", "not null"],
    day: ["date", "not null"],
    day_from: ["text", "not null check (day_from in ('provider', 'recorded'))"],
    provider: ["text", "not null"],
    method: ["text", "not null"],
    currency: ["text", "not null"],
    mode: ["text", "not null"],
    received_count: ["bigint", "not null"],
    received_amount: ["numeric", "not null"],
    refunded_count: ["bigint", "not null"],
    refunded_amount: ["numeric", "not null"],
  },
  key: KEY,
}

/**
 * The totals of each day. What a payment said before is taken out and what it says now is put in, so its money moves from row to row as facts arrive:
 * from the day it was recorded to the day it was paid, from an unknown method to a known one.
 */
export const dailyTotals = projection<Tables>({
  name: "daily_totals",
  version: 1,
  tables: [TABLE],
  settings: merchant => merchant.timeZone,
  apply: Effect.fnUntraced(function* (batch) {
    const rows = differences(batch.merchant, batch.changes)
    if (rows.length === 0) return
    const added = MEASURES.map(name => sql`${sql.id(name)} = total.${sql.id(name)} + excluded.${sql.id(name)}`)
    yield* batch.query("write daily totals", database =>
      sql`insert into ${batch.table("daily_totals")} as total (${names(Object.keys(TABLE.columns))}) ${selectRows(TABLE, rows)}
        on conflict (${names(KEY)}) do update set ${sql.join(added)}`.execute(database),
    )
    if (rows.some(row => row.received_count < 0 || row.refunded_count < 0)) yield* removeEmpty(batch)
  }),
  rowsTouched: (merchant, change) =>
    entriesOf(merchant, change).map(({ merchant: name, day, day_from, provider, method, currency, mode }) => ({
      table: "daily_totals",
      key: { merchant: name, day, day_from, provider, method, currency, mode },
    })),
})

/** A row in which nothing is left is as if it had never been. */
const removeEmpty = (batch: Batch<Tables>) =>
  batch.query("remove empty daily totals", database =>
    database
      .deleteFrom("daily_totals")
      .where("merchant", "=", batch.merchant.merchant)
      .where("received_count", "=", 0)
      .where("refunded_count", "=", 0)
      .execute(),
  )

/** What the changes add to each row and take out of it, one entry a row; rows for which it comes to nothing are left out. */
function differences(merchant: Merchant, changes: ReadonlyArray<Change>): ReadonlyArray<DailyTotalsTable> {
  const rows = new Map<
    string,
    { readonly of: Entry; readonly counts: [number, number]; readonly amounts: [bigint, bigint] }
  >()
  for (const { sign, ...entry } of changes.flatMap(change => entriesOf(merchant, change))) {
    const key = JSON.stringify(KEY.map(column => entry[column]))
    const row = rows.get(key) ?? { of: { ...entry, sign }, counts: [0, 0], amounts: [0n, 0n] }
    rows.set(key, row)
    row.counts[0] += sign * entry.received_count
    row.counts[1] += sign * entry.refunded_count
    row.amounts[0] += BigInt(sign * entry.received_amount)
    row.amounts[1] += BigInt(sign * entry.refunded_amount)
  }
  return [...rows.values()].flatMap(({ of: { sign: _, ...entry }, counts, amounts }) => {
    if ([...counts, ...amounts].every(number => Number(number) === 0)) return []
    const [received_count, refunded_count] = counts
    const [received_amount, refunded_amount] = [amounts[0].toString(), amounts[1].toString()]
    return [{ ...entry, received_count, received_amount, refunded_count, refunded_amount }]
  })
}

interface Entry extends MoneyOfDay {
  readonly merchant: string
  /** -1 is taken out. */
  readonly sign: 1 | -1
}

/** What the payment said before, to be taken out, and what it says now. */
function entriesOf({ merchant, timeZone }: Merchant, change: Change): ReadonlyArray<Entry> {
  const old = change.stream.slice(0, change.stream.length - change.events.length)
  const before = old.length === 0 ? [] : moneyOfDays(change.payment, old, timeZone)
  const after = moneyOfDays(change.payment, change.stream, timeZone)
  return [
    ...before.map(entry => ({ merchant, sign: -1 as const, ...entry })),
    ...after.map(entry => ({ merchant, sign: 1 as const, ...entry })),
  ]
}
