import { Effect, Exit } from "effect"
import type { ControlledTransaction, Kysely } from "kysely"
import { attempt } from "./attempt.ts"
import type { DatabaseFailure } from "./DatabaseFailure.ts"
import { OpenTransactions } from "./OpenTransactions.ts"
import type { PayfoldSchema } from "./PayfoldSchema.ts"
import { Transaction } from "./Transaction.ts"

type Service = Transaction["Service"]

/**
 * Runs an effect in a transaction of `handle`, the database called `identity`, and gives it the `Transaction` service.
 *
 * Begin, commit and rollback are not interruptible, the effect between them is. A rollback that fails (the connection is gone) is not
 * reported over the effect's own outcome: the server rolls back what it no longer has a client for.
 */
export const inTransaction = <A, E, R>(
  handle: Kysely<PayfoldSchema>,
  identity: symbol,
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<A, E | DatabaseFailure, Exclude<R, Transaction>> =>
  Effect.uninterruptibleMask(
    Effect.fnUntraced(function* (restore) {
      const open = yield* OpenTransactions
      const transaction = yield* attempt("begin", () => handle.startTransaction().execute())
      const service = transactionService(transaction)
      const exit = yield* restore(
        effect.pipe(
          Effect.provideService(Transaction, service),
          Effect.provideService(OpenTransactions, new Map([...open, [identity, service]])),
        ),
      ).pipe(Effect.exit)
      if (Exit.isSuccess(exit)) yield* commit(transaction)
      else yield* rollback(transaction)
      return yield* exit
    }),
  )

const rollback = (transaction: ControlledTransaction<PayfoldSchema>): Effect.Effect<void> =>
  attempt("rollback", () => transaction.rollback().execute()).pipe(Effect.ignore)

/** A commit that fails keeps the connection until it is rolled back. */
const commit = (transaction: ControlledTransaction<PayfoldSchema>): Effect.Effect<void, DatabaseFailure> =>
  attempt("commit", () => transaction.commit().execute()).pipe(Effect.tapError(() => rollback(transaction)))

const transactionService = (transaction: ControlledTransaction<PayfoldSchema>): Service => {
  let savepoints = 0
  const query: Service["query"] = (operation, run) =>
    Effect.suspend(() => {
      if (!transaction.isCommitted && !transaction.isRolledBack) return attempt(operation, () => run(transaction))
      return Effect.die(new Error(`${operation}: the transaction has ended; its service must not leave it`))
    })
  return {
    query,
    savepoint: effect =>
      Effect.uninterruptibleMask(
        Effect.fnUntraced(function* (restore) {
          const name = `savepoint_${++savepoints}`
          const inside = yield* query("savepoint", () => transaction.savepoint(name).execute())
          const exit = yield* Effect.exit(restore(effect))
          yield* Exit.isSuccess(exit)
            ? query("release savepoint", () => inside.releaseSavepoint(name).execute())
            : query("rollback to savepoint", () => inside.rollbackToSavepoint(name).execute())
          return yield* exit
        }),
      ),
  }
}
