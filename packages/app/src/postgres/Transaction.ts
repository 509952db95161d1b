import { Context, type Effect } from "effect"
import type { Transaction as KyselyTransaction } from "kysely"
import type { DatabaseFailure } from "./DatabaseFailure.ts"
import type { PayfoldSchema } from "./PayfoldSchema.ts"

/**
 * The open transaction of the running code. Inside `Database.transaction` every statement goes through this service; the outer handle
 * is refused there, because on PGlite it would wait for ever for the one connection this transaction holds.
 */
export class Transaction extends Context.Service<
  Transaction,
  {
    /** One statement inside the transaction. `operation` names it in a failure. */
    readonly query: <A>(
      operation: string,
      run: (transaction: KyselyTransaction<PayfoldSchema>) => Promise<A>,
    ) => Effect.Effect<A, DatabaseFailure>
    /** Runs an effect that is undone alone when it does not succeed; the transaction stays usable. */
    readonly savepoint: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | DatabaseFailure, R>
    /** Wakes the readers of this log once the transaction is committed. */
    readonly wakeAfterCommit: (log: string) => Effect.Effect<void>
  }
>()("@payfold/app/postgres/Transaction") {}
