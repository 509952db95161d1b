import { Effect } from "effect"
import type { Database } from "../postgres/Database.ts"
import type { AppendError } from "./AppendError.ts"
import type { Appended, AppendRequest } from "./AppendRequest.ts"
import type { GroupCommit } from "./GroupCommit.ts"
import { prepareAppend } from "./PreparedAppend.ts"

/**
 * Appends events and returns when they are committed; null when there was nothing to append.
 *
 * A failure with `retryable` may have happened after the commit: send the same request again, what already stands is recognised.
 * Inside a transaction this is a defect: it commits on its own, together with other writers, and would wait for the caller's own
 * connection. There `appendInTransaction` is the one to use.
 */
export const append = Effect.fn("EventLog.append")(function* (
  database: Database["Service"],
  groupCommit: GroupCommit,
  merchant: string,
  request: AppendRequest,
): Effect.fn.Return<Appended | null, AppendError> {
  yield* database.refuseInsideTransaction("EventLog.append (use appendInTransaction)")
  const prepared = yield* prepareAppend(merchant, request)
  return prepared.events === 0 ? null : yield* groupCommit(prepared)
})
