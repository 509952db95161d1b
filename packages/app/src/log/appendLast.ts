import { Effect } from "effect"
import { Transaction } from "../postgres/Transaction.ts"
import type { AppendRequest } from "./AppendRequest.ts"
import { exactAppends } from "./lastVersions.ts"
import type { DeliveryMark } from "./markStatement.ts"
import { prepareAppend } from "./PreparedAppend.ts"
import { type RunStatement, writeAppends } from "./writeAppends.ts"

/**
 * Appends as the last statement of the caller's transaction, which then has nothing left to do but commit; or, where somebody else wrote first
 * (`NothingWritten`), be rolled back whole and begin again. Without the savepoint of `appendInTransaction`, which is two round trips.
 */
export const appendLast = Effect.fn("EventLog.appendLast")(function* (merchant: string, request: AppendRequest) {
  const transaction = yield* Transaction
  yield* transaction.wakeAfterCommit(merchant)
  return yield* appendOnce(transaction.query, merchant, request)
})

/** Tries once, with one statement, which marks the deliveries too where there are marks. */
export const appendOnce = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  request: AppendRequest,
  marks?: ReadonlyArray<DeliveryMark>,
) {
  const prepared = yield* prepareAppend(merchant, request)
  if (prepared.events === 0) return null
  const appends = yield* exactAppends(run, merchant, [prepared])
  const [appended] = yield* writeAppends(run, merchant, appends, marks)
  return appended ?? null
})
