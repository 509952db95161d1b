import { Effect } from "effect"
import { paymentStreams } from "../log/paymentStreams.ts"
import { Database } from "../postgres/Database.ts"
import type { Change } from "../projection/Projection.ts"
import { toChange } from "../projection/project.ts"

/** Payments read and folded at a time. */
const PAGE_PAYMENTS = 500

/** Payments of one page, folded whole, and the range of ids they cover: `after` excluded, `upTo` included; the last page has no end. */
export interface PaymentPage {
  readonly changes: ReadonlyArray<Change>
  readonly after: string
  readonly upTo: string | undefined
}

/**
 * Folds every payment of a merchant as the log stood at a position, page by page in order of payment id, in constant memory. The last page
 * may be empty: it covers the ids behind the last payment.
 */
export const eachPayment = Effect.fnUntraced(function* <E, R>(
  merchant: string,
  position: number,
  use: (page: PaymentPage) => Effect.Effect<void, E, R>,
) {
  const database = yield* Database
  let after = ""
  while (true) {
    const rows = yield* database.read("read payment ids", kysely =>
      kysely
        .selectFrom("event")
        .select("payment_id")
        .where("merchant", "=", merchant)
        .where("payment_id", ">", after)
        // A payment's first event decides: versions have no gaps, so each payment has exactly one row of version 1.
        .where("version", "=", 1)
        .where("position", "<=", position)
        .orderBy("payment_id")
        .limit(PAGE_PAYMENTS)
        .execute(),
    )
    const payments = rows.map(row => row.payment_id)
    const streams = yield* paymentStreams(database.read, merchant, payments, position)
    const changes = [...streams].map(([payment, stream]) => toChange(payment, stream, 0))
    const last = rows.length < PAGE_PAYMENTS ? undefined : payments.at(-1)
    yield* use({ changes, after, upTo: last })
    if (last === undefined) return
    after = last
  }
})
