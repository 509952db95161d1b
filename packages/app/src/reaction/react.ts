import { PAYMENT_STATUSES } from "@payfold/domain"
import { Cause, Clock, Effect, Exit } from "effect"
import { type Selectable, sql } from "kysely"
import { Database } from "../postgres/Database.ts"
import type { ReactionTaskTable } from "../postgres/PayfoldSchema.ts"
import { collectTransitions } from "./collectTransitions.ts"
import { type Reaction, ReactionLimits, Reactions, type Transition } from "./Reaction.ts"

/** What one round of reactions came to. */
export interface Reacted {
  readonly done: number
  /** Failed, and to be tried again later. */
  readonly failed: number
  readonly parked: number
}

/**
 * Runs every reaction that is due: writes down what changed since the last time, then runs attempt after attempt until nothing is due. Whoever fails is
 * due again later, so a service calls this again and again, and after each delivery. Any number of processes may.
 */
export const react = Effect.fn("react")(function* (merchant: string) {
  const reactions = yield* Reactions
  const limits = yield* ReactionLimits
  for (const reaction of reactions) yield* collectTransitions(merchant, reaction)
  const total = { done: 0, failed: 0, parked: 0 }
  while (true) {
    const claimed = yield* claimTasks(merchant, reactions)
    if (claimed.length === 0) return total satisfies Reacted
    const outcomes = yield* Effect.forEach(claimed, task => runTask(reactions, task), {
      concurrency: limits.concurrency,
    })
    for (const outcome of outcomes) total[outcome] += 1
  }
})

type Task = Selectable<ReactionTaskTable>

/**
 * Takes tasks for as long as an attempt may last, each the oldest of its payment and reaction: what comes after one that waits or is parked, waits too.
 * A process that dies lets go of its tasks by the same time.
 */
const claimTasks = Effect.fnUntraced(function* (merchant: string, reactions: ReadonlyArray<Reaction>) {
  const database = yield* Database
  const limits = yield* ReactionLimits
  const nowMs = yield* Clock.currentTimeMillis
  const now = new Date(nowMs).toISOString()
  // Longer than the attempt itself, so that its outcome is written before anybody else takes it.
  const until = new Date(nowMs + limits.timeoutMs + 10_000).toISOString()
  const names = reactions.map(({ name }) => name)
  return yield* database.query("claim tasks", kysely =>
    kysely
      .updateTable("reaction_task")
      .set({ due_at: until, attempts: sql<number>`attempts + 1` })
      .where(
        sql<boolean>`(merchant, reaction, payment_id, position) in (
          select merchant, reaction, payment_id, position from payfold.reaction_task as task
          where merchant = ${merchant} and reaction = any(${names}::text[]) and not parked
            and due_at <= ${now}::timestamptz
            and not exists (select from payfold.reaction_task as earlier where earlier.merchant = task.merchant
              and earlier.reaction = task.reaction and earlier.payment_id = task.payment_id
              and earlier.position < task.position)
          order by due_at, position limit ${sql.lit(limits.concurrency)} for update skip locked)`,
      )
      .returningAll()
      .execute(),
  )
})

const runTask = Effect.fnUntraced(function* (reactions: ReadonlyArray<Reaction>, task: Task) {
  const limits = yield* ReactionLimits
  const transition = transitionFromTask(task)
  const reaction = reactions.find(({ name }) => name === task.reaction)
  if (reaction === undefined) return "failed" as const
  const exit = yield* Effect.exit(Effect.timeout(reaction.run(transition), limits.timeoutMs))
  if (Exit.isSuccess(exit)) {
    yield* finish(task)
    return "done" as const
  }
  const isLast = task.attempts >= limits.attempts
  yield* putBack(task, isLast, Cause.squash(exit.cause))
  return isLast ? ("parked" as const) : ("failed" as const)
})

/** Where the process dies before this, the reaction is run again: with the same key. */
const finish = Effect.fnUntraced(function* (task: Task) {
  const database = yield* Database
  yield* database.query("finish task", kysely => ofTask(kysely.deleteFrom("reaction_task"), task).execute())
})

const putBack = Effect.fnUntraced(function* (task: Task, parked: boolean, error: unknown) {
  const database = yield* Database
  const limits = yield* ReactionLimits
  const delayMs = Math.min(limits.maximumRetryDelayMs, limits.retryDelayMs * 2 ** (task.attempts - 1))
  const due_at = new Date((yield* Clock.currentTimeMillis) + delayMs).toISOString()
  const last_error = (error instanceof Error ? error.message : String(error)).replaceAll("\0", "").slice(0, 2_000)
  yield* database.query("put task back", kysely =>
    ofTask(kysely.updateTable("reaction_task").set({ parked, due_at, last_error }), task).execute(),
  )
})

/** The one task; of an attempt that took longer than it may, not the one that somebody else has begun meanwhile. */
function ofTask<Query extends { where(column: string, operator: "=", value: unknown): Query }>(
  query: Query,
  { merchant, reaction, payment_id, position, attempts }: Task,
): Query {
  return query
    .where("merchant", "=", merchant)
    .where("reaction", "=", reaction)
    .where("payment_id", "=", payment_id)
    .where("position", "=", position)
    .where("attempts", "=", attempts)
}

export function transitionFromTask(task: Task): Transition {
  const { merchant, payment_id: payment, from_status, to_status, position } = task
  const from = PAYMENT_STATUSES.find(status => status === from_status) ?? "none"
  const to = PAYMENT_STATUSES.find(status => status === to_status)
  if (to === undefined) throw new Error(`a task of ${payment} is for the status ${to_status}, which is none of ours`)
  const idempotencyKey = [merchant, payment, from, to, position].join("/")
  return {
    merchant,
    payment,
    from,
    to,
    position,
    deliveryId: task.delivery_id,
    recordedAt: task.recorded_at,
    idempotencyKey,
  }
}
