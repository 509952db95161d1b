import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { EventLog } from "../../src/log/EventLog.ts"

/** Gives a case the log of its merchant under a clock that stands still until the case sets it. */
export const underTestClock = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(EventLog, ({ merchant }) =>
    effect.pipe(Effect.provide(EventLog.layer(merchant)), Effect.provide(TestClock.layer())),
  )
