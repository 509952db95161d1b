import { Effect } from "effect"
import { Transaction } from "../postgres/Transaction.ts"
import type { AppendRequest } from "./AppendRequest.ts"
import { exactAppends } from "./lastVersions.ts"
import { prepareAppend } from "./PreparedAppend.ts"
import { writeAppends } from "./writeAppends.ts"

/**
 * Appends as the last statement of the caller's transaction, which then has nothing left to do but commit; or, where somebody else wrote first
 * (`NothingWritten`), be rolled back whole and begin again. Without the savepoint of `appendInTransaction`, which is two round trips.
 */
export const appendLast = Effect.fn("EventLog.appendLast")(function* (merchant: string, request: AppendRequest) {
  const transaction = yield* Transaction
  const prepared = yield* prepareAppend(merchant, request)
  if (prepared.events === 0) return null
  yield* transaction.wakeAfterCommit(merchant)
  const [appended] = yield* writeAppends(
    transaction.query,
    merchant,
    yield* exactAppends(transaction.query, merchant, [prepared]),
  )
  return appended ?? null
})
