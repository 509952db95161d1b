import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { type PaymentPage, paymentsAfter } from "../projection/changes.ts"
import type { Change } from "../projection/Projection.ts"

/** Folds every payment of a merchant as the log stood at a position, some at a time in order of payment id, in constant memory. */
export const eachPayment = Effect.fnUntraced(function* <E, R>(
  merchant: string,
  position: number,
  use: (changes: ReadonlyArray<Change>) => Effect.Effect<void, E, R>,
) {
  const database = yield* Database
  let after: string | undefined = ""
  while (after !== undefined) {
    const page: PaymentPage = yield* paymentsAfter(database.read, merchant, after, position)
    for (const piece of page.pieces) yield* use(yield* piece)
    after = page.upTo
  }
})
