import { Effect, Exit } from "effect"
import { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import { Transaction } from "../postgres/Transaction.ts"
import type { AppendError } from "./AppendError.ts"
import type { Appended, AppendRequest } from "./AppendRequest.ts"
import { exactAppends } from "./lastVersions.ts"
import { prepareAppend } from "./PreparedAppend.ts"
import { settleAppends } from "./settleAppends.ts"
import { writeAppends } from "./writeAppends.ts"

/**
 * Appends as the last statement of the caller's transaction: from here to the commit the merchant's counter row is locked, so nothing
 * but the commit may follow.
 *
 * A refusal leaves the transaction as it was before the append (a savepoint) and lets go of the counter row: the caller may read and
 * decide again.
 */
export const appendInTransaction = Effect.fn("EventLog.appendInTransaction")(function* (
  merchant: string,
  request: AppendRequest,
): Effect.fn.Return<Appended | null, AppendError, Transaction> {
  const transaction = yield* Transaction
  const prepared = yield* prepareAppend(merchant, request)
  if (prepared.events === 0) return null
  yield* transaction.wakeAfterCommit(merchant)
  for (let round = 1; round <= maxRounds; round++) {
    const appends = yield* exactAppends(transaction.query, merchant, [prepared])
    const written = yield* transaction
      .savepoint(writeAppends(transaction.query, merchant, appends))
      .pipe(Effect.catchTag("NothingWritten", () => Effect.succeed(undefined)))
    if (written?.[0] !== undefined) return written[0]
    const [settled] = yield* settleAppends(transaction.query, merchant, appends)
    if (settled !== undefined) return yield* settled
  }
  return yield* contended
})

/** A round without an outcome means another writer came in between. */
const maxRounds = 20

const contended = Exit.fail(
  new DatabaseFailure({
    operation: "append",
    sqlState: null,
    constraint: null,
    reason: `other writers wrote the same payments in each of ${maxRounds} attempts`,
    retryable: true,
  }),
)
