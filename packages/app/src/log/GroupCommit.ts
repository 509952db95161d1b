import { Deferred, Effect, Exit, Queue, type Scope } from "effect"
import type { AppendError } from "./AppendError.ts"
import type { Appended } from "./AppendRequest.ts"
import { queueLimit, statementLimits } from "./appendLimits.ts"
import { nextStatement } from "./nextStatement.ts"
import type { PreparedAppend } from "./PreparedAppend.ts"
import { sendAppends } from "./sendAppends.ts"
import type { RunStatement } from "./writeAppends.ts"

interface Waiting {
  readonly append: PreparedAppend
  readonly answer: Deferred.Deferred<Appended, AppendError>
}

/** Takes an append along with whatever else waits and gives its answer. */
export type GroupCommit = (append: PreparedAppend) => Effect.Effect<Appended, AppendError>

/**
 * Lets the concurrent appends of this process travel as one statement.
 *
 * One statement is under way at a time: the counter row would make a second one wait anyway, and what arrives meanwhile is the next
 * statement. So a lone append leaves at once, and under load the statements grow by themselves; no timer, nothing to tune.
 * (Measured before it was built: 60,000 two-event appends a second at 100 a statement, 4,200 with one each; two cores, PostgreSQL 18.)
 *
 * `wake` is called after each statement that appended something.
 *
 * When the scope closes, the statement under way is finished and answered; who still waits is interrupted, nothing of theirs was sent.
 */
export const makeGroupCommit = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  wake: () => void,
): Effect.fn.Return<GroupCommit, never, Scope.Scope> {
  const queue = yield* Queue.bounded<Waiting>(queueLimit)
  const unanswered = new Set<Waiting>()
  let held: ReadonlyArray<Waiting> = []

  const sendNext = Effect.gen(function* () {
    const room = Math.min(statementLimits.appends, queueLimit - held.length)
    const mustWait = held.length === 0
    const arrived =
      mustWait || (room > 0 && Queue.sizeUnsafe(queue) > 0) ? yield* Queue.takeBetween(queue, 1, room) : []
    const { travelling, staying } = nextStatement([...held, ...arrived])
    held = staying
    yield* answerAll(run, merchant, wake, travelling)
    for (const waiting of travelling) unanswered.delete(waiting)
  })

  yield* Effect.addFinalizer(() =>
    Effect.andThen(
      Queue.shutdown(queue),
      Effect.suspend(() => Effect.forEach(unanswered, waiting => Deferred.interrupt(waiting.answer))),
    ),
  )
  yield* Effect.forkScoped(Effect.forever(sendNext))

  return append =>
    Effect.gen(function* () {
      const answer = yield* Deferred.make<Appended, AppendError>()
      const waiting: Waiting = { append, answer }
      unanswered.add(waiting)
      const accepted = yield* Queue.offer(queue, waiting).pipe(
        Effect.onInterrupt(() => Effect.sync(() => unanswered.delete(waiting))),
      )
      return accepted ? yield* Deferred.await(answer) : yield* Effect.interrupt
    })
})

/** Not interruptible: whoever was sent is answered. */
const answerAll = (
  run: RunStatement,
  merchant: string,
  wake: () => void,
  travelling: ReadonlyArray<Waiting>,
): Effect.Effect<void> =>
  Effect.uninterruptible(
    Effect.gen(function* () {
      const answers = yield* sendAppends(
        run,
        merchant,
        travelling.map(waiting => waiting.append),
      )
      if ([...answers.values()].some(Exit.isSuccess)) wake()
      for (const { append, answer } of travelling) {
        const found = answers.get(append)
        if (found !== undefined) yield* Deferred.done(answer, found)
      }
    }),
  )
