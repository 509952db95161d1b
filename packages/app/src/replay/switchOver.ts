import { Effect, Schedule } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { buildTable, viewNamed } from "../projection/BuildTables.ts"
import type { Build } from "../projection/builds.ts"
import { merchantQuery, settingsOf } from "../projection/builds.ts"
import type { Projection } from "../projection/Projection.ts"
import { ProjectorLimits } from "../projection/ProjectorLimits.ts"
import { takeCheckpoints, whyRebuild } from "../projection/takeCheckpoints.ts"
import { viewsOf } from "../projection/waitFor.ts"
import { foldUpTo } from "./foldAside.ts"
import { TooFarBehind } from "./RebuildRefused.ts"
import { giveRights, planMoves, refuseForUsersViews, rightsOf, type ViewMove } from "./usersViews.ts"

/** A reader who holds a view longer than this makes the switch let go and come again, lest every other reader wait behind it. */
const LOCK_TIMEOUT_MS = 200
/** Ten attempts a second for half a minute. */
const ATTEMPTS = 300
/** Batches that the switch itself projects, for all merchants together: more is done outside, before it. */
const MAXIMUM_BATCHES = 4

/**
 * Makes the views show another build, in one short transaction: takes both builds' checkpoints, brings the new one to at least the old one's position
 * and moves the views. The old build becomes the kept one and is projected on, so that the way back is the same way.
 */
export const switchOver = Effect.fn("switchOver")(function* (projection: Projection, build: number) {
  const database = yield* Database
  yield* database.transaction(switchTo(projection, build)).pipe(
    Effect.retry({
      while: failure => failure._tag === "DatabaseFailure" && failure.sqlState === "55P03",
      times: ATTEMPTS,
      schedule: Schedule.spaced("100 millis"),
    }),
  )
})

const switchTo = Effect.fnUntraced(function* (projection: Projection, build: number) {
  const transaction = yield* Transaction
  const { frozenAfterMs } = yield* ProjectorLimits
  yield* transaction.query("limit waiting", database =>
    sql`select set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true),
      set_config('idle_in_transaction_session_timeout', ${String(frozenAfterMs)}, true)`.execute(database),
  )
  const builds = yield* transaction.query("take builds", database =>
    database
      .selectFrom("build")
      .selectAll()
      .where("projection", "=", projection.name)
      .orderBy("build")
      .forNoKeyUpdate()
      .execute(),
  )
  const next = builds.find(one => one.build === build)
  const old = builds.find(one => one.state === "live")
  // Another process was here first.
  if (next === undefined || next.state === "live") return
  yield* bringUp(projection, old, next)
  const moves = yield* planMoves(old, next)
  yield* refuseForUsersViews(old, next, moves)
  for (const move of moves) yield* moveView(move, next)
  if (old !== undefined) yield* setState(old.build, "kept")
  yield* setState(next.build, "live")
})

/** Holds the checkpoints of both builds, of all merchants, and lets the new one be behind for none. */
const bringUp = Effect.fnUntraced(function* (projection: Projection, old: Build | undefined, next: Build) {
  const transaction = yield* Transaction
  const limits = yield* ProjectorLimits
  const checkpoints = yield* transaction.query("take checkpoints", database =>
    database
      .selectFrom("checkpoint")
      .select(["merchant", "build", "position", "folded_payment"])
      .where("build", "in", [next.build, ...(old === undefined ? [] : [old.build])])
      .orderBy("merchant")
      .orderBy("build")
      .forUpdate()
      .execute(),
  )
  const ready = new Map(
    checkpoints.flatMap(row =>
      row.build === next.build && row.folded_payment === null ? [[row.merchant, row.position]] : [],
    ),
  )
  let left = MAXIMUM_BATCHES * limits.events
  for (const { merchant, build, position } of checkpoints) {
    if (build === next.build) continue
    const reached = ready.get(merchant)
    if (reached !== undefined && reached >= position) continue
    left -= position - (reached ?? 0)
    if (left < 0) return yield* new TooFarBehind({ projection: projection.name, merchant })
    yield* bringMerchantUp(projection, merchant, next, position)
  }
  for (const merchant of new Set(checkpoints.map(row => row.merchant))) {
    yield* transaction.wakeAfterCommit(viewsOf(merchant))
  }
})

const bringMerchantUp = Effect.fnUntraced(function* (
  projection: Projection,
  merchant: string,
  next: Build,
  position: number,
) {
  const transaction = yield* Transaction
  const settings = yield* transaction.query("read merchant", database =>
    merchantQuery(database, merchant).executeTakeFirst(),
  )
  if (settings === undefined) return
  // A merchant that came while the build was made.
  yield* transaction.query("create checkpoint", database =>
    database
      .insertInto("checkpoint")
      .values({ merchant, build: next.build, settings: settingsOf(projection, settings) })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
  const [taken] = yield* takeCheckpoints(merchant, [next.build])
  if (taken === undefined || taken.foldedPayment !== null || whyRebuild(projection, taken) !== undefined) {
    return yield* new TooFarBehind({ projection: projection.name, merchant })
  }
  yield* foldUpTo(projection, taken, position)
})

const moveView = Effect.fnUntraced(function* ({ view, how }: ViewMove, next: Build) {
  const transaction = yield* Transaction
  const rights = how === "recreate" ? yield* rightsOf(view, view) : []
  if (how === "recreate" || how === "drop") {
    yield* transaction.query("drop view", database => sql`drop view ${viewNamed(view)}`.execute(database))
  }
  if (how === "drop") return
  yield* transaction.query("move view", database =>
    sql`create or replace view ${viewNamed(view)} as select * from ${buildTable(view, next.build)}`.execute(database),
  )
  yield* giveRights(rights)
})

const setState = Effect.fnUntraced(function* (build: number, state: "live" | "kept") {
  const transaction = yield* Transaction
  yield* transaction.query("set state of build", database =>
    database.updateTable("build").set({ state }).where("build", "=", build).execute(),
  )
})
