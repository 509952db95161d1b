import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { type Build, readBuilds } from "../projection/builds.ts"
import type { Projection } from "../projection/Projection.ts"
import { Projections } from "../projection/Projections.ts"
import { RebuildNeeded } from "../projection/RebuildNeeded.ts"
import { takeCheckpoints, whyRebuild } from "../projection/takeCheckpoints.ts"
import { diffBuilds } from "./diffBuilds.ts"
import { withScratchBuild } from "./scratchBuild.ts"
import { changedColumns } from "./viewDifferences.ts"

/** A row in which a view is not what the log folds to. */
export interface RowDifference {
  readonly projection: string
  readonly table: string
  readonly key: Readonly<Record<string, unknown>>
  readonly columns: ReadonlyArray<string>
}

/** What comparing the views with the fold of the log found: how many payments were compared, and the first difference. */
export interface ViewsVerified {
  readonly payments: number
  /** Where the views stand; the log may be further on. */
  readonly position: number
  readonly difference: RowDifference | undefined
  /** Views that other code or other settings made, which this code cannot judge; with what to do. */
  readonly unverified: ReadonlyArray<string>
}

/**
 * Compares every row of every view of a merchant with the fold of the log: each view is built anew, in tables that are dropped again, and compared while
 * its checkpoint is held. The views themselves are left as they are. Stops at the first difference.
 */
export const verifyViews = Effect.fn("verifyViews")(function* (merchant: string) {
  const verified = { payments: 0, position: 0, unverified: [] as string[] }
  for (const projection of yield* Projections) {
    const found = yield* verifyView(merchant, projection).pipe(
      Effect.catchTag("RebuildNeeded", reason => Effect.succeed(reason)),
    )
    if (found instanceof RebuildNeeded) {
      verified.unverified.push(found.message)
      continue
    }
    verified.payments = Math.max(verified.payments, found.payments)
    verified.position = Math.max(verified.position, found.position)
    if (found.difference !== undefined) return { ...verified, difference: found.difference } satisfies ViewsVerified
  }
  return { ...verified, difference: undefined } satisfies ViewsVerified
})

const verifyView = Effect.fnUntraced(function* (merchant: string, projection: Projection) {
  const live = (yield* readBuilds([projection.name])).find(({ state }) => state === "live")
  const nothing = { payments: 0, position: 0, difference: undefined }
  if (live === undefined) return nothing
  const position = yield* positionOf(merchant, projection, live)
  if (position === undefined) return nothing
  return yield* withScratchBuild(merchant, projection, position, (build, payments) =>
    Effect.map(diffBuilds(merchant, projection, live.build, build, "level"), found => {
      const [example] = found.examples
      const difference: RowDifference | undefined = example && {
        projection: projection.name,
        table: example.table,
        key: example.key,
        columns: changedColumns(example),
      }
      return { payments, position: found.afterPosition, difference }
    }),
  )
})

/** Where the view stands; `undefined` where nothing of this merchant was ever projected. */
const positionOf = Effect.fnUntraced(function* (merchant: string, projection: Projection, live: Build) {
  const database = yield* Database
  const [taken] = yield* database.transaction(takeCheckpoints(merchant, [live.build]))
  if (taken === undefined) return undefined
  const reason = whyRebuild(projection, taken)
  return reason === undefined ? taken.position : yield* reason
})
