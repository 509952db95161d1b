import { Effect, Exit, Schedule } from "effect"
import { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { AppendError } from "./AppendError.ts"
import type { Appended } from "./AppendRequest.ts"
import { exactAppends } from "./lastVersions.ts"
import type { PreparedAppend } from "./PreparedAppend.ts"
import { settleAppends } from "./settleAppends.ts"
import { type RunStatement, writeAppends } from "./writeAppends.ts"

export type Answer = Exit.Exit<Appended, AppendError>
export type Answers = ReadonlyMap<PreparedAppend, Answer>

/**
 * Sends appends with one statement and answers every one of them.
 *
 * After a conflict the losers are answered and the rest is sent again. A failure that time does not heal is narrowed down to the
 * append that causes it; any other is everybody's answer.
 */
export const sendAppends = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  appends: ReadonlyArray<PreparedAppend>,
): Effect.fn.Return<Answers> {
  const answers = new Map<PreparedAppend, Answer>()
  for (let round = 1; answers.size < appends.length; round++) {
    const waiting = appends.filter(append => !answers.has(append))
    const found = round > maxRounds ? everybody(waiting, contended) : yield* sendOnce(run, merchant, waiting)
    for (const [append, answer] of found) answers.set(append, answer)
  }
  return answers
})

/** Every round that a neighbour's conflict stops answers that neighbour; a fruitless one means another process wrote in between. */
const maxRounds = 128

const contended = Exit.fail(
  new DatabaseFailure({
    operation: "append",
    sqlState: null,
    constraint: null,
    reason: `other processes wrote the same payments in each of ${maxRounds} attempts`,
    retryable: true,
  }),
)

const everybody = (appends: ReadonlyArray<PreparedAppend>, answer: Answer): Answers =>
  new Map(appends.map(append => [append, answer]))

/** One statement, and what became of each append if it wrote nothing. Who is not in the answers is to be sent again. */
const sendOnce = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  waiting: ReadonlyArray<PreparedAppend>,
): Effect.fn.Return<Answers> {
  const outcome = yield* Effect.exit(attemptOnce(run, merchant, waiting))
  if (Exit.isSuccess(outcome)) return outcome.value
  const failure = Exit.findErrorOption(outcome)
  const alone = waiting.length === 1 || failure._tag === "None" || failure.value.retryable
  if (alone) return everybody(waiting, Exit.failCause(outcome.cause))
  const each = yield* Effect.forEach(waiting, append => sendOnce(run, merchant, [append]))
  return new Map(each.flatMap(answers => [...answers]))
})

const attemptOnce = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  waiting: ReadonlyArray<PreparedAppend>,
): Effect.fn.Return<Answers, DatabaseFailure> {
  const appends = yield* exactAppends(run, merchant, waiting).pipe(Effect.retry(retryFailures))
  const write = writeAppends(run, merchant, appends).pipe(
    Effect.map(written => new Map(written.map((appended, index) => [waiting[index], Exit.succeed(appended)]))),
    Effect.catchTag("NothingWritten", () =>
      Effect.map(
        settleAppends(run, merchant, appends),
        settled => new Map(settled.map((answer, index) => [waiting[index], answer])),
      ),
    ),
  )
  const answers = yield* write.pipe(Effect.retry(retryFailures))
  return new Map(
    waiting.flatMap(append => {
      const answer = answers.get(append)
      return answer === undefined ? [] : [[append, answer]]
    }),
  )
})

/**
 * Repeats what may have been carried out although its answer was lost: the same versions are asked for again, and what then stands
 * there byte for byte is recognised as done.
 */
const retryFailures = {
  while: (failure: DatabaseFailure) => failure.retryable,
  times: 4,
  schedule: Schedule.exponential("50 millis"),
}
