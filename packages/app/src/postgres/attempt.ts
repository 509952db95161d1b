import { Effect } from "effect"
import type { DatabaseFailure } from "./DatabaseFailure.ts"
import { databaseFailureFrom } from "./databaseFailureFrom.ts"

/**
 * Runs a driver's promise as an effect: what the database refuses is a typed failure, a mistake of ours stays a defect.
 *
 * Not interruptible: a statement that was sent runs on, and its connection must not be given to the next one before it ends. The
 * statement time-out bounds the wait.
 */
export const attempt = <A>(operation: string, run: () => Promise<A>): Effect.Effect<A, DatabaseFailure> =>
  Effect.uninterruptible(
    Effect.tryPromise({ try: run, catch: thrown => databaseFailureFrom(operation, thrown) ?? new Mistake(thrown) }),
  ).pipe(Effect.catchIf(isMistake, mistake => Effect.die(mistake.thrown)))

class Mistake {
  readonly thrown: unknown

  constructor(thrown: unknown) {
    this.thrown = thrown
  }
}

const isMistake = (failure: DatabaseFailure | Mistake): failure is Mistake => failure instanceof Mistake
