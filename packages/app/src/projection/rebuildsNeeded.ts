import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { merchantQuery, readBuilds } from "./builds.ts"
import { Projections } from "./Projections.ts"
import type { RebuildNeeded } from "./RebuildNeeded.ts"
import { whyRebuild } from "./takeCheckpoints.ts"

/** The views of a merchant that stand still until they are rebuilt, each with the reason. Read without a lock. */
export const rebuildsNeeded = Effect.fn("rebuildsNeeded")(function* (merchant: string) {
  const database = yield* Database
  const projections = yield* Projections
  const settings = yield* database.read("read merchant", kysely => merchantQuery(kysely, merchant).executeTakeFirst())
  if (settings === undefined) return []
  const checkpoints = yield* database.read("read checkpoints", kysely =>
    kysely.selectFrom("checkpoint").selectAll().where("merchant", "=", merchant).execute(),
  )
  const builds = yield* readBuilds(projections.map(({ name }) => name))
  return builds.flatMap((build): ReadonlyArray<RebuildNeeded> => {
    const projection = projections.find(({ name }) => name === build.projection)
    const checkpoint = checkpoints.find(row => row.build === build.build)
    if (build.state !== "live" || projection === undefined) return []
    const reason = whyRebuild(projection, {
      build,
      merchant: settings,
      // Where nothing was projected yet, no other settings can have been used.
      settings: checkpoint?.settings ?? projection.settings?.(settings) ?? "",
    })
    return reason === undefined ? [] : [reason]
  })
})
