import { Effect } from "effect"
import { type RawBuilder, type SqlBool, sql } from "kysely"
import { Database } from "../../postgres/Database.ts"
import { payfoldSchemaName } from "../../postgres/payfoldSchemaName.ts"
import { isOverdue } from "../../projection/due.ts"
import type { PaymentsTable } from "../../projection/payments.ts"

/** Which payments; what is not named does not matter. Instants are ISO 8601 in UTC. */
export interface PaymentFilters {
  readonly status?: string | undefined
  readonly provider?: string | undefined
  /** The tag of the domain's `PaymentMethod`; `null` is not known. */
  readonly method?: string | null | undefined
  readonly order?: string | undefined
  readonly createdUntil?: string | undefined
  readonly createdFrom?: string | undefined
  /** Only what its payer has still to make, with a deadline until then. */
  readonly deadlineUntil?: string | undefined
}

/** A row of the view, and whether its deadline had passed when it was asked for: the clock moves and rows do not, so that is never stored. */
export interface ListedPayment extends PaymentsTable {
  readonly overdue: boolean
}

/** Rows read at a time: a view of millions is printed in constant memory. */
const PAGE_ROWS = 1000

/** Every payment that matches, page by page: in order of deadline where one is asked for, else of payment id. */
export const eachPaymentPage = Effect.fnUntraced(function* (
  merchant: string,
  filters: PaymentFilters,
  now: string,
  use: (rows: ReadonlyArray<ListedPayment>) => void,
) {
  let after: Cursor | undefined = START
  while (after !== undefined) {
    const rows: ReadonlyArray<PaymentsTable & { readonly listed_deadline?: string | null }> = yield* paymentPage(
      merchant,
      filters,
      after,
    )
    if (rows.length > 0) use(rows.map(({ listed_deadline: _, ...row }) => ({ ...row, overdue: isOverdue(row, now) })))
    const last = rows.length < PAGE_ROWS ? undefined : rows.at(-1)
    after = last && { payment: last.payment_id, deadline: last.listed_deadline ?? START.deadline }
  }
})

interface Cursor {
  readonly payment: string
  readonly deadline: string
}

const START: Cursor = { payment: "", deadline: "-infinity" }

const paymentPage = Effect.fnUntraced(function* (merchant: string, filters: PaymentFilters, after: Cursor) {
  const database = yield* Database
  const { deadlineUntil } = filters
  const conditions = sql<SqlBool>`${sql.join(conditionsOf(filters), sql` and `)}`
  if (deadlineUntil === undefined) {
    return yield* database.read("read payments", kysely =>
      kysely
        .selectFrom("payments")
        .selectAll()
        .where("merchant", "=", merchant)
        .where("payment_id", ">", after.payment)
        .where(conditions)
        .orderBy("payment_id")
        .limit(PAGE_ROWS)
        .execute(),
    )
  }
  // The work list has the index on the deadline. The two views may stand some events apart: what is paid by now is not listed.
  return yield* database.read("read payments due", kysely =>
    kysely
      .selectFrom("due")
      .innerJoin("payments", join =>
        join.onRef("payments.merchant", "=", "due.merchant").onRef("payments.payment_id", "=", "due.payment_id"),
      )
      .selectAll("payments")
      .select("due.deadline as listed_deadline")
      .where("due.merchant", "=", merchant)
      .where("due.deadline", "<=", deadlineUntil)
      .where(sql<SqlBool>`(due.deadline, due.payment_id) > (${after.deadline}::timestamptz, ${after.payment})`)
      .where("payments.status", "in", ["created", "awaiting"])
      .where(conditions)
      .orderBy("due.deadline")
      .orderBy("due.payment_id")
      .limit(PAGE_ROWS)
      .execute(),
  )
})

function conditionsOf(filters: PaymentFilters): ReadonlyArray<RawBuilder<unknown>> {
  const { status, provider, method, order, createdUntil, createdFrom } = filters
  return [
    sql`true`,
    ...(status === undefined ? [] : [sql`payments.status = ${status}`]),
    ...(provider === undefined ? [] : [sql`payments.provider = ${provider}`]),
    ...(method === undefined
      ? []
      : [method === null ? sql`payments.method is null` : sql`payments.method = ${method}`]),
    ...(order === undefined ? [] : [sql`payments.order_reference = ${order}`]),
    ...(createdUntil === undefined ? [] : [sql`${CREATED} <= ${createdUntil}::timestamptz`]),
    ...(createdFrom === undefined ? [] : [sql`${CREATED} >= ${createdFrom}::timestamptz`]),
  ]
}

/** When the charge was created; where no report tells, when we first heard of it, so that every payment has an age. */
const CREATED = sql`coalesce(payments.created_at, (
  select recorded_at from ${sql.table(`${payfoldSchemaName}.event`)} as first_event
  where first_event.merchant = payments.merchant and first_event.payment_id = payments.payment_id
    and first_event.version = 1))`
