import { type DiscrepancyCode, type PaymentState, storable, toPayment } from "@payfold/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { UNKNOWN } from "./moneyOfDays.ts"
import { type Batch, type Change, type ProjectionTable, projection } from "./Projection.ts"
import { replacePaymentRows } from "./writeRows.ts"

/** One row per order reference and mode, `unknown` where no report tells the mode: how often it was tried, and what came of it. */
export interface OrdersTable {
  readonly merchant: string
  readonly order_reference: string
  readonly mode: string
  /** Payments made for the order, whatever became of them. */
  readonly attempts: number
  /** Of these, how many wait for the payer, are paid and not refunded, were refunded whole. */
  readonly open: number
  readonly paid: number
  readonly refunded: number
  /** `order-paid-twice` where more than one is paid and not refunded. */
  readonly discrepancies: ReadonlyArray<DiscrepancyCode>
  /** Position of the last event of any of its payments. */
  readonly position: number
}

/** The payments that name an order. */
export interface OrderAttemptsTable {
  readonly merchant: string
  readonly payment_id: string
  readonly order_reference: string
  readonly mode: string
  readonly status: string
  readonly position: number
}

interface Tables {
  readonly orders: OrdersTable
  readonly order_attempts: OrderAttemptsTable
}

const ORDERS: ProjectionTable<"orders", OrdersTable> = {
  name: "orders",
  columns: {
    merchant: ["text", "not null"],
    order_reference: ["text", "not null"],
    mode: ["text", "not null"],
    attempts: ["bigint", "not null"],
    open: ["bigint", "not null"],
    paid: ["bigint", "not null"],
    refunded: ["bigint", "not null"],
    discrepancies: ["jsonb", "not null"],
    position: ["bigint", "not null"],
  },
  key: ["merchant", "order_reference", "mode"],
  indexes: table => [sql`create index on ${table} (merchant) where discrepancies <> '[]'`],
}

const ATTEMPTS: ProjectionTable<"order_attempts", OrderAttemptsTable> = {
  name: "order_attempts",
  columns: {
    merchant: ["text", "not null"],
    payment_id: ["text", "not null"],
    order_reference: ["text", "not null"],
    mode: ["text", "not null"],
    status: ["text", "not null"],
    position: ["bigint", "not null"],
  },
  key: ["merchant", "payment_id"],
  applyIndexes: table => [sql`create index on ${table} (merchant, order_reference, mode)`],
}

const PAID_TWICE: DiscrepancyCode = "order-paid-twice"

/** Orders and their payments. An order whose last payment turns out to belong to another one has no row any more. */
export const orders = projection<Tables>({
  name: "orders",
  version: 1,
  tables: [ORDERS, ATTEMPTS],
  settings: merchant => JSON.stringify(merchant.referenceKeys),
  apply: Effect.fnUntraced(function* (batch) {
    const rows = batch.changes.flatMap(change => attemptRow(batch.merchant.merchant, change) ?? [])
    yield* replacePaymentRows(batch, ATTEMPTS, rows)
    yield* countAttempts(batch)
  }),
  rowsTouched: ({ merchant }, change) =>
    touchedOrders(change).map(order => ({ table: "orders", key: { merchant, ...order } })),
})

/** Counts the attempts of every order that the batch touches anew; orders without any go. */
const countAttempts = Effect.fnUntraced(function* (batch: Batch<Tables>) {
  const touched = batch.changes.flatMap(touchedOrders)
  if (touched.length === 0) return
  const { merchant } = batch.merchant
  const keys = sql`(select distinct * from unnest(
    ${touched.map(order => order.order_reference)}::text[], ${touched.map(order => order.mode)}::text[]
  ) as touched(order_reference, mode))`
  yield* batch.query("remove orders", database =>
    sql`delete from ${batch.table("orders")} as old using ${keys} as touched
      where old.merchant = ${merchant} and old.order_reference = touched.order_reference and old.mode = touched.mode
        and not exists (select from ${batch.table("order_attempts")} as attempt where attempt.merchant = old.merchant
          and attempt.order_reference = old.order_reference and attempt.mode = old.mode)`.execute(database),
  )
  yield* batch.query("write orders", database =>
    sql`insert into ${batch.table("orders")} as old
      select merchant, order_reference, mode, count(*),
        count(*) filter (where status in ('created', 'awaiting')),
        count(*) filter (where status = 'paid'),
        count(*) filter (where status = 'refunded'),
        case when count(*) filter (where status = 'paid') > 1 then ${JSON.stringify([PAID_TWICE])}::jsonb else '[]'::jsonb end,
        max(position)
      from ${batch.table("order_attempts")} join ${keys} as touched using (order_reference, mode)
      where merchant = ${merchant}
      group by merchant, order_reference, mode
      on conflict (merchant, order_reference, mode) do update set attempts = excluded.attempts, open = excluded.open,
        paid = excluded.paid, refunded = excluded.refunded, discrepancies = excluded.discrepancies,
        position = excluded.position`.execute(database),
  )
})

/** The order a payment named before and the one it names now, where it names any. */
function touchedOrders({ before, after }: Pick<Change, "before" | "after">) {
  return [before, after].flatMap(state => orderOf(state) ?? [])
}

function orderOf(state: PaymentState): { readonly order_reference: string; readonly mode: string } | undefined {
  const { orderReference, mode } = toPayment(state)
  return orderReference === undefined
    ? undefined
    : { order_reference: storable(orderReference).value, mode: mode ?? UNKNOWN }
}

export function attemptRow(
  merchant: string,
  { payment, after, position }: Pick<Change, "payment" | "after" | "position">,
): OrderAttemptsTable | undefined {
  const order = orderOf(after)
  return order && { merchant, payment_id: payment, ...order, status: toPayment(after).status, position }
}
