import { Effect, Exit } from "effect"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { ensureBuilds, madeBy, readBuilds } from "./builds.ts"
import { changesAfter } from "./changes.ts"
import type { Projection } from "./Projection.ts"
import { Projections } from "./Projections.ts"
import {
  applyChanges,
  madeByOther,
  moveCheckpoint,
  type Taken,
  type TakenBuild,
  takeFreeCheckpoints,
  whyRebuild,
} from "./takeCheckpoints.ts"
import { viewsOf } from "./waitFor.ts"

export { RebuildNeeded } from "./RebuildNeeded.ts"

/** Where a batch left the views. `Busy`: another process is projecting one of them at this moment. */
export type Progress =
  | { readonly _tag: "Busy" }
  | { readonly _tag: "Advanced"; readonly position: number; readonly events: number }
  | { readonly _tag: "CaughtUp"; readonly position: number }

/** Applies what is new until the view stands at the head of the log, or another process has it in hand. */
export const catchUp = Effect.fn("catchUp")(function* (merchant: string, projection: Projection) {
  return yield* catchUpTogether(merchant, [projection])
})

/**
 * The same for every projection in use, reading the log once for those that stand at one position. A projection that cannot be carried on does not
 * hold up the others; it is the failure at the end.
 */
export const catchUpAll = Effect.fn("catchUpAll")(function* (merchant: string) {
  const projections = yield* Projections
  const together = yield* Effect.exit(catchUpTogether(merchant, projections))
  if (Exit.isSuccess(together)) return together.value
  const exits = yield* Effect.forEach([...Map.groupBy(projections, ({ name }) => name).values()], versions =>
    Effect.exit(catchUpTogether(merchant, versions)),
  )
  return yield* exits.find(Exit.isFailure) ?? exits[0] ?? together
})

const catchUpTogether = Effect.fnUntraced(function* (merchant: string, projections: ReadonlyArray<Projection>) {
  yield* ensureBuilds(merchant, projections)
  while (true) {
    const progress = yield* projectBatch(merchant, projections)
    if (progress._tag !== "Advanced") return progress
  }
})

/**
 * Applies the next batch of events in one transaction: the checkpoint row, locked, is ownership, fencing and progress in one. Rows and checkpoint move
 * together or not at all. The live build comes first, then the one kept before it; a kept build that this code cannot project is left to the code
 * that can.
 */
export const projectBatch = Effect.fn("projectBatch")(function* (
  merchant: string,
  projections: ReadonlyArray<Projection>,
) {
  const database = yield* Database
  return yield* database.transaction(advance(merchant, projections))
})

const advance = Effect.fnUntraced(function* (merchant: string, projections: ReadonlyArray<Projection>) {
  const transaction = yield* Transaction
  const taken = yield* takeFreeCheckpoints(
    merchant,
    projections.map(({ name }) => name),
  )
  const ours = taken.filter(one => projectorOf(projections, one) !== undefined)
  // Read with the checkpoints where there are any.
  const head = taken[0]?.head ?? (yield* headOf(merchant))
  const [next] = ours.filter(one => one.position < head).sort((a, b) => rank(a) - rank(b) || a.position - b.position)
  if (next === undefined) return yield* standStill(projections, taken, head)
  const { changes, events, position } = yield* changesAfter(transaction.query, merchant, next.position, head)
  for (const one of ours) {
    const projection = projectorOf(projections, one)
    if (projection === undefined || one.position !== next.position || rank(one) !== rank(next)) continue
    yield* applyChanges(projection, one, changes)
    yield* moveCheckpoint(one, { position })
  }
  yield* transaction.wakeAfterCommit(viewsOf(merchant))
  return { _tag: "Advanced", position, events } satisfies Progress
})

/** Nothing to apply: because all is applied, another process holds a checkpoint, or a live build is other code's. */
const standStill = Effect.fnUntraced(function* (
  projections: ReadonlyArray<Projection>,
  taken: ReadonlyArray<Taken>,
  head: number,
) {
  const takenLive = taken.filter(({ build }) => build.state === "live")
  for (const one of takenLive.filter(candidate => projectorOf(projections, candidate) === undefined)) {
    const projection = projections.find(({ name }) => name === one.build.projection)
    const reason = projection && whyRebuild(projection, one)
    if (reason !== undefined) return yield* reason
  }
  const live = (yield* readBuilds(projections.map(({ name }) => name))).filter(({ state }) => state === "live")
  for (const build of live) {
    // Nobody else's progress would help: a merchant that is new has no checkpoint in what other code made.
    const reason = madeByOther(projections, build)
    if (reason !== undefined) return yield* reason
  }
  // By number: another build may have become the live one since.
  const isWhole = live.every(({ build }) => takenLive.some(one => one.build.build === build))
  return isWhole ? ({ _tag: "CaughtUp", position: head } satisfies Progress) : ({ _tag: "Busy" } satisfies Progress)
})

/** The code that may carry the build on. */
function projectorOf(projections: ReadonlyArray<Projection>, taken: TakenBuild): Projection | undefined {
  return projections.find(projection => madeBy(projection, taken.build) && whyRebuild(projection, taken) === undefined)
}

function rank({ build }: TakenBuild): number {
  return build.state === "live" ? 0 : 1
}

const headOf = Effect.fnUntraced(function* (merchant: string) {
  const transaction = yield* Transaction
  const row = yield* transaction.query("read head", database =>
    database.selectFrom("log_head").select("head").where("merchant", "=", merchant).executeTakeFirst(),
  )
  return row?.head ?? 0
})
