import { Effect } from "effect"
import type { Merchant } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import { type Build, merchantQuery, readBuilds, settingsOf } from "./builds.ts"
import type { Projection } from "./Projection.ts"
import { Projections } from "./Projections.ts"
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
  return builds.flatMap(build => {
    const checkpoint = checkpoints.find(row => row.build === build.build)
    return whyRebuildLive(projections, settings, build, checkpoint?.settings) ?? []
  })
})

/** Why none of these may carry a live build on for a merchant; `undefined` where one may, and where none has its name. */
export function whyRebuildLive(
  projections: ReadonlyArray<Projection>,
  merchant: Merchant,
  build: Build,
  /** What its checkpoint was made with; where nothing was projected yet, no other settings can have been used. */
  madeWith: string | undefined,
) {
  const projection = projections.find(({ name }) => name === build.projection)
  if (build.state !== "live" || projection === undefined) return undefined
  return whyRebuild(projection, { build, merchant, settings: madeWith ?? settingsOf(projection, merchant) })
}
