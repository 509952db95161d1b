import { Clock, Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { buildTableName } from "../projection/BuildTables.ts"
import { type Build, createBuild, ensureBuilds, madeBy, readBuilds } from "../projection/builds.ts"
import type { Projection } from "../projection/Projection.ts"
import { catchUp } from "../projection/project.ts"
import { diffBuilds, together } from "./diffBuilds.ts"
import { dropBuild } from "./dropBuild.ts"
import { type ExplainedDifference, explainRows } from "./explainRows.ts"
import { beginFolding, foldAside } from "./foldAside.ts"
import { indexBuild } from "./indexBuild.ts"
import { makeProgress, type RebuildProgress } from "./RebuildProgress.ts"
import { NothingKept, ReactionsParked } from "./RebuildRefused.ts"
import { switchOver } from "./switchOver.ts"
import { giveRights, planMoves, refuseForUsersViews, rightsOf } from "./usersViews.ts"
import { type DifferenceCounts, NO_DIFFERENCES } from "./viewDifferences.ts"

export interface RebuildOptions {
  /** Builds and compares, leaves the live view as it is and drops what was built. */
  readonly dryRun?: boolean
  /** Rebuilds although reactions are parked. */
  readonly evenIfParked?: boolean
  /** Told after every transaction. */
  readonly onProgress?: (progress: RebuildProgress) => void
}

export interface Rebuilt {
  readonly projection: string
  readonly version: number
  /** Payments and events folded by this run: those of all merchants, unless it went on where another was killed. */
  readonly payments: number
  readonly events: number
  readonly differences: DifferenceCounts
  /** Changed rows by the column in which they differ. */
  readonly columns: Readonly<Record<string, number>>
  /** The first differing rows of each merchant, with the events behind them. */
  readonly examples: ReadonlyArray<ExplainedDifference>
  /** Whether the view now shows what was rebuilt. */
  readonly switched: boolean
}

/**
 * Rebuilds a view from the log, for all merchants, in tables of its own beside the living ones: by payment up to the head as it stood, then by position,
 * then compares, and moves the view in one short transaction. Writers and readers go on all the while. Killed at any moment, the next run goes on
 * where it was. The build before is kept and projected until `dropOld`; `goBack` shows it again.
 */
export const rebuild = Effect.fn("rebuild")(function* (projection: Projection, options: RebuildOptions = {}) {
  if (options.evenIfParked !== true) yield* refuseWhileParked
  const merchants = yield* merchantsWithHeads
  for (const { merchant } of merchants) {
    // A view made by other code is not carried on; it is compared as it stands.
    yield* catchUp(merchant, projection).pipe(Effect.catchTag("RebuildNeeded", () => Effect.void))
  }
  const live = (yield* readBuilds([projection.name])).find(({ state }) => state === "live")
  const build = yield* beginBuild(projection, live)
  const total = merchants.reduce((sum, { head }) => sum + head, 0)
  const progress = yield* makeProgress(projection.name, total, options.onProgress ?? (() => {}))
  let payments = 0
  let events = 0
  for (const { merchant, head } of merchants) {
    yield* beginFolding(merchant, projection, build, head)
    yield* foldAside(merchant, projection, build, Number.MAX_SAFE_INTEGER, folded => {
      payments += folded.payments
      events += folded.events
      return progress.add(merchant, folded.events)
    })
  }
  // The one reads what the other indexes; on PGlite's one connection they take turns.
  const indexing = options.dryRun === true ? Effect.void : indexBuild(projection, build)
  const comparing = compareAll(projection, live, build, merchants)
  const [differences] = yield* Effect.all([comparing, indexing], { concurrency: 2 })
  if (options.dryRun === true) yield* dropNumber(projection, build)
  else {
    yield* switchOver(projection, build)
    yield* dropEarlier(projection, live)
  }
  const { onlyBefore, onlyAfter, changed, columns, examples } = differences
  return {
    projection: projection.name,
    version: projection.version,
    payments,
    events,
    differences: { onlyBefore, onlyAfter, changed },
    columns,
    examples,
    switched: options.dryRun !== true,
  } satisfies Rebuilt
})

/** Shows the build again that was live before the last switch; the one that is live now is kept. */
export const goBack = Effect.fn("goBack")(function* (projection: Projection) {
  const kept = (yield* readBuilds([projection.name])).findLast(({ state }) => state === "kept")
  if (kept === undefined) return yield* new NothingKept({ projection: projection.name })
  for (const { merchant } of yield* merchantsWithHeads) {
    yield* catchUp(merchant, projection).pipe(Effect.catchTag("RebuildNeeded", () => Effect.void))
  }
  yield* switchOver(projection, kept.build)
})

const refuseWhileParked = Effect.gen(function* () {
  const database = yield* Database
  const row = yield* database.read("count parked reactions", kysely =>
    kysely
      .selectFrom("reaction_task")
      .select(({ fn }) => fn.countAll<number>().as("parked"))
      .where("parked", "=", true)
      .executeTakeFirst(),
  )
  const parked = row?.parked ?? 0
  if (parked > 0) return yield* new ReactionsParked({ parked })
})

const merchantsWithHeads = Effect.gen(function* () {
  const database = yield* Database
  return yield* database.read("read merchants", kysely =>
    kysely.selectFrom("log_head").select(["merchant", "head"]).orderBy("merchant").execute(),
  )
})

/** The build that a killed run of the same code left, or a new one; one that other code began is thrown away. Users' views are looked for first. */
const beginBuild = Effect.fnUntraced(function* (projection: Projection, live: Build | undefined) {
  const database = yield* Database
  yield* ensureBuilds("", [projection])
  const builds = yield* readBuilds([projection.name])
  const begun = builds.find(({ state }) => state === "building")
  yield* dropStaleScratch(builds)
  if (begun !== undefined && madeBy(projection, begun)) return begun.build
  if (begun !== undefined) yield* dropBuild(begun)
  return yield* database.transaction(makeBuild(projection, live))
})

const makeBuild = Effect.fnUntraced(function* (projection: Projection, live: Build | undefined) {
  const transaction = yield* Transaction
  const number = yield* createBuild(projection, "building")
  const next = yield* transaction.query("read build", database =>
    database.selectFrom("build").selectAll().where("build", "=", number).executeTakeFirstOrThrow(),
  )
  yield* refuseForUsersViews(live, next, yield* planMoves(live, next))
  for (const table of next.tables) {
    if (live?.tables.includes(table) !== true) continue
    yield* giveRights(yield* rightsOf(buildTableName(table, live.build), buildTableName(table, number)))
  }
  return number
})

/** What a killed look at the past left behind; one that is younger than a day may be somebody's at this moment. */
const dropStaleScratch = Effect.fnUntraced(function* (builds: ReadonlyArray<Build>) {
  const dayAgo = new Date((yield* Clock.currentTimeMillis) - 24 * 60 * 60 * 1000).toISOString()
  for (const build of builds) if (build.state === "scratch" && build.created_at < dayAgo) yield* dropBuild(build)
})

const compareAll = Effect.fnUntraced(function* (
  projection: Projection,
  live: Build | undefined,
  build: number,
  merchants: ReadonlyArray<{ readonly merchant: string }>,
) {
  let all = NO_DIFFERENCES
  let examples: ReadonlyArray<ExplainedDifference> = []
  if (live === undefined) return { ...all, examples }
  for (const { merchant } of merchants) {
    const found = yield* diffBuilds(merchant, projection, live.build, build, "level")
    if (found.examples.length > 0) {
      const position = Math.max(found.beforePosition, found.afterPosition)
      examples = [...examples, ...(yield* explainRows(projection, found.examples, position))]
    }
    all = together(all, { ...found, examples: [] })
  }
  return { ...all, examples }
})

/** Of the builds before the one that was live a moment ago none is kept: one step back is what there is. */
const dropEarlier = Effect.fnUntraced(function* (projection: Projection, live: Build | undefined) {
  for (const build of yield* readBuilds([projection.name])) {
    if (build.state === "kept" && build.build !== live?.build) yield* dropBuild(build)
  }
})

const dropNumber = Effect.fnUntraced(function* (projection: Projection, number: number) {
  for (const build of yield* readBuilds([projection.name])) if (build.build === number) yield* dropBuild(build)
})
