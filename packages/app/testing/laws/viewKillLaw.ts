import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Effect, Layer, Result } from "effect"
import { TestClock } from "effect/testing"
import { sql } from "kysely"
import { EventLog } from "../../src/log/EventLog.ts"
import { paymentStreams } from "../../src/log/paymentStreams.ts"
import { Database } from "../../src/postgres/Database.ts"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"
import { readBuilds } from "../../src/projection/builds.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUpAll } from "../../src/projection/project.ts"
import { beginReaction } from "../../src/reaction/collectTransitions.ts"
import { react } from "../../src/reaction/react.ts"
import { transitionsOf } from "../../src/reaction/transitions.ts"
import { rebuild } from "../../src/replay/rebuild.ts"
import { verifyViews } from "../../src/replay/verifyViews.ts"
import type { Chance } from "./Chance.ts"
import { createEffects, type Worker, workerProjections, workerReactions } from "./viewKillParts.ts"

export interface ViewKillOptions {
  /** Of a migrated database with the merchant `default` and an empty log, as `PAYFOLD_DATABASE_URL` has it. */
  readonly url: string
  readonly worker: Worker
  readonly kills: number
  readonly chance: Chance
}

export interface ViewKillFound {
  readonly kills: number
  /** What the processes had done when they were killed, by kind, and how often a rebuild was cut. */
  readonly done: Readonly<Record<string, number>>
  readonly rebuildsCut: number
  readonly transitions: number
  /** Reactions that were run a second time, with the key of the first. */
  readonly runAgain: number
  readonly violations: ReadonlyArray<string>
}

/**
 * A process records, projects, reacts and rebuilds, and is killed (SIGKILL) at a random moment, again and again. After each kill every view equals the fold
 * of the log where its checkpoint stands. In the end each transition has been reacted to at least once, in order, with one key; the rebuild goes on and
 * ends, and nothing half-built is left.
 */
export const viewKillLaw = async (options: ViewKillOptions): Promise<ViewKillFound> => {
  const { url, worker, chance } = options
  const violations: Array<string> = []
  const done: Record<string, number> = {}
  let rebuildsCut = 0
  const inDatabase = <A, E>(effect: Effect.Effect<A, E, Database | EventLog>) => {
    const layer = EventLog.layer("default").pipe(
      Layer.provideMerge(Database.layer(Result.getOrThrow(databaseUrlFromText(url)))),
    )
    return Effect.runPromise(effect.pipe(workerProjections(worker, url), workerReactions, Effect.provide(layer)))
  }
  await inDatabase(Effect.andThen(createEffects, beginReaction("default", "ledger")))
  for (let kill = 1; kill <= options.kills; kill++) {
    for (const what of await lifeOf(options)) done[what] = (done[what] ?? 0) + 1
    const { isCut, difference } = await inDatabase(afterKill)
    if (isCut) rebuildsCut += 1
    if (difference !== undefined)
      violations.push(`kill ${kill}: ${JSON.stringify(difference)} is not the fold of the log`)
    if (chance.below(4) === 0) await inDatabase(catchUpAll("default"))
  }
  const end = await inDatabase(atTheEnd)
  return { kills: options.kills, done, rebuildsCut, ...end, violations: [...violations, ...end.violations] }
}

/** Lets a process live until some random moment, and says what it had done. */
const lifeOf = async ({ url, worker, chance }: ViewKillOptions): Promise<ReadonlyArray<string>> => {
  const seed = String(chance.below(1_000_000))
  const child = spawn(process.execPath, [join(import.meta.dirname, "viewWorker.ts"), worker, seed], {
    env: { ...process.env, PAYFOLD_DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = new Promise<void>(resolve => child.once("exit", () => resolve()))
  const lines = 1 + chance.below(6)
  // The broken one is met at the moment in which it goes wrong.
  const isTime = (done: ReadonlyArray<string>) =>
    worker === "broken" ? done.at(-1) === "apart" : done.length === lines
  const done = await doneBefore(child, isTime, worker === "broken" ? 0 : chance.below(300))
  await ended
  return done
}

const doneBefore = async (
  child: ChildProcess,
  isTime: (done: ReadonlyArray<string>) => boolean,
  delayMs: number,
): Promise<ReadonlyArray<string>> => {
  if (child.stdout === null) throw new Error("the worker has no output")
  const done: Array<string> = []
  for await (const line of createInterface({ input: child.stdout })) {
    done.push(line)
    if (isTime(done)) setTimeout(() => child.kill("SIGKILL"), delayMs)
  }
  if (!child.killed) throw new Error("the worker ended before it was killed")
  return done
}

const afterKill = Effect.gen(function* () {
  const { difference } = yield* verifyViews("default")
  const builds = yield* readBuilds([payments.name])
  return { difference, isCut: builds.some(({ state }) => state === "building") }
})

const atTheEnd = Effect.gen(function* () {
  const database = yield* Database
  const violations: Array<string> = []
  yield* catchUpAll("default")
  const { switched, differences } = yield* rebuild(payments)
  if (!switched || Object.values(differences).some(rows => rows > 0))
    violations.push("the last rebuild found differences")
  const states = (yield* readBuilds([payments.name])).map(({ state }) => state)
  if (states.join() !== "kept,live") violations.push(`builds are left behind: ${states.join()}`)
  // The tasks of a process that was killed are free a minute later.
  const later = Effect.andThen(TestClock.setTime(Date.now() + 60_000), react("default"))
  const { parked } = yield* later.pipe(Effect.provide(TestClock.layer()))
  if (parked > 0) violations.push(`${parked} reactions were parked, though none failed`)
  const expected = yield* expectedKeys
  const { rows } = yield* database.query("read effects", kysely =>
    sql<{
      key: string
      payment: string
      position: number
      times: number
    }>`select key, payment, position, count(*)::int as times
      from public.effect group by key, payment, position order by min(seq)`.execute(kysely),
  )
  const run = new Set(rows.map(({ key }) => key))
  const missed = [...expected].filter(key => !run.has(key)).length
  const extra = [...run].filter(key => !expected.has(key)).length
  if (missed + extra > 0)
    violations.push(`${missed} transitions without a reaction, ${extra} reactions without a transition`)
  for (const [payment, own] of Map.groupBy(rows, row => row.payment)) {
    if (own.some((row, index) => row.position < (own[index - 1]?.position ?? 0)))
      violations.push(`${payment}: out of order`)
  }
  const runAgain = rows.reduce((sum, { times }) => sum + times - 1, 0)
  return { transitions: expected.size, runAgain, violations }
})

/** The keys of all transitions, from the log alone. */
const expectedKeys = Effect.gen(function* () {
  const database = yield* Database
  const known = yield* database.query("read payments of the log", kysely =>
    kysely.selectFrom("event").select("payment_id").distinct().execute(),
  )
  const ids = known.map(row => row.payment_id)
  const streams = yield* paymentStreams(database.read, "default", ids, Number.MAX_SAFE_INTEGER)
  const transitions = [...streams].flatMap(([payment, stream]) =>
    transitionsOf("default", payment, stream, 0, Number.MAX_SAFE_INTEGER),
  )
  return new Set(transitions.map(({ idempotencyKey }) => idempotencyKey))
})
