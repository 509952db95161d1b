import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"
import { paymentRow, payments } from "../projection/payments.ts"
import { eachPayment, type PaymentPage } from "./eachPayment.ts"
import { changedColumns, differing, type ViewDifference } from "./viewDifferences.ts"

/** What comparing a view with the fold of the log found: how many payments were compared, and the first difference. */
export interface ViewsVerified {
  readonly payments: number
  /** Where the view stands; the log may be further on. */
  readonly position: number
  readonly difference: { readonly payment: string; readonly columns: ReadonlyArray<string> } | undefined
}

/** Compares every row of the `payments` view with the fold of the log up to where the view stands. Reads only. */
export const verifyViews = Effect.fn("verifyViews")(function* (merchant: string) {
  const database = yield* Database
  const checkpoint = yield* database.read("read checkpoint", kysely =>
    kysely
      .selectFrom("checkpoint")
      .select("position")
      .where("merchant", "=", merchant)
      .where("projection", "=", payments.name)
      .where("projection_version", "=", payments.version)
      .executeTakeFirst(),
  )
  const position = checkpoint?.position ?? 0
  let count = 0
  let difference: ViewDifference | undefined
  yield* eachPayment(merchant, position, page => {
    count += page.changes.length
    return difference === undefined
      ? Effect.map(firstDifference(merchant, page), found => {
          difference = found
        })
      : Effect.void
  })
  return {
    payments: count,
    position,
    difference: difference && { payment: difference.payment, columns: changedColumns(difference) },
  } satisfies ViewsVerified
})

/** The first row of the page's range in which the view differs from the fold. */
const firstDifference = Effect.fnUntraced(function* (merchant: string, page: PaymentPage) {
  const database = yield* Database
  const rows = JSON.stringify(page.changes.map(change => paymentRow(merchant, change)))
  const upTo = page.upTo === undefined ? sql`true` : sql`payment_id <= ${page.upTo}`
  const live = sql`(select * from payfold.payments where merchant = ${merchant} and payment_id > ${page.after} and ${upTo})`
  const folded = sql`(select * from json_populate_recordset(null::payfold.payments, ${rows}::json))`
  const found = yield* database.read("compare view", kysely =>
    sql<ViewDifference>`${differing(live, folded)} order by 2 limit 1`.execute(kysely),
  )
  return found.rows[0]
})
