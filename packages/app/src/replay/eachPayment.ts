import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { type PaymentPage, paymentsAfter } from "../projection/changes.ts"

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
  let after: string | undefined = ""
  while (after !== undefined) {
    const page: PaymentPage = yield* paymentsAfter(database.read, merchant, after, position)
    yield* use(page)
    after = page.upTo
  }
})
