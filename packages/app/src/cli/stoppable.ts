import { Effect } from "effect"

/**
 * Long work that a signal may stop: says, once everything inside has been closed, what is safe and how to go on. Each step of such work is one
 * transaction, and the one under way is rolled back.
 */
export const stoppable =
  (whatIsSafe: string) =>
  <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.onInterrupt(work, () => Effect.sync(() => process.stderr.write(`payfold: stopped. ${whatIsSafe}\n`)))
