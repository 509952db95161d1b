import { Effect, Exit } from "effect"
import type { ControlledTransaction, Kysely } from "kysely"
import { attempt } from "./attempt.ts"
import type { DatabaseFailure } from "./DatabaseFailure.ts"
import { OpenTransactions } from "./OpenTransactions.ts"
import type { PayfoldSchema } from "./PayfoldSchema.ts"
import { Transaction } from "./Transaction.ts"

type Service = Transaction["Service"]

/** The database a transaction is of. */
interface Of {
  readonly handle: Kysely<PayfoldSchema>
  readonly identity: symbol
  readonly wake: (log: string) => void
}

/**
 * Runs an effect in a transaction and gives it the `Transaction` service.
 *
 * Begin, commit and rollback are not interruptible, the effect between them is. A rollback that fails (the connection is gone) is not
 * reported over the effect's own outcome: the server rolls back what it no longer has a client for.
 */
export const inTransaction = <A, E, R>(
  { handle, identity, wake }: Of,
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<A, E | DatabaseFailure, Exclude<R, Transaction>> =>
  Effect.uninterruptibleMask(
    Effect.fnUntraced(function* (restore) {
      const open = yield* OpenTransactions
      const transaction = yield* attempt("begin", () => handle.startTransaction().execute())
      const grown = new Set<string>()
      const service = transactionService(transaction, grown)
      const exit = yield* restore(
        effect.pipe(
          Effect.provideService(Transaction, service),
          Effect.provideService(OpenTransactions, new Map([...open, [identity, service]])),
        ),
      ).pipe(Effect.exit)
      if (Exit.isSuccess(exit)) yield* commit(transaction)
      else yield* rollback(transaction)
      if (Exit.isSuccess(exit)) for (const log of grown) wake(log)
      return yield* exit
    }),
  )

const rollback = (transaction: ControlledTransaction<PayfoldSchema>): Effect.Effect<void> =>
  attempt("rollback", () => transaction.rollback().execute()).pipe(Effect.ignore)

/** A commit that fails keeps the connection until it is rolled back. */
const commit = (transaction: ControlledTransaction<PayfoldSchema>): Effect.Effect<void, DatabaseFailure> =>
  attempt("commit", () => transaction.commit().execute()).pipe(Effect.tapError(() => rollback(transaction)))

const transactionService = (transaction: ControlledTransaction<PayfoldSchema>, grown: Set<string>): Service => {
  let savepoints = 0
  const query: Service["query"] = (operation, run) =>
    Effect.suspend(() => {
      if (!transaction.isCommitted && !transaction.isRolledBack) return attempt(operation, () => run(transaction))
      return Effect.die(new Error(`${operation}: the transaction has ended; its service must not leave it`))
    })
  return {
    query,
    wakeAfterCommit: log => Effect.sync(() => void grown.add(log)),
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
