import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { buildTable, buildTableName } from "../projection/BuildTables.ts"
import { type Build, readBuilds } from "../projection/builds.ts"
import { NothingKept, ViewsInTheWay } from "./RebuildRefused.ts"
import { usersViewsOn } from "./usersViews.ts"

/** Drops the builds that were kept after a switch; from then on there is no way back but a rebuild. Gives back how many there were. */
export const dropOld = Effect.fn("dropOld")(function* (projection: string) {
  const kept = (yield* readBuilds([projection])).filter(({ state }) => state === "kept")
  if (kept.length === 0) return yield* new NothingKept({ projection })
  for (const build of kept) yield* dropBuild(build)
  return kept.length
})

/** Drops the tables of a build and what is written down of it; refused, with their names, while views of the user's own stand on them. */
export const dropBuild = Effect.fnUntraced(function* (build: Build) {
  const database = yield* Database
  yield* database.transaction(drop(build))
})

const drop = Effect.fnUntraced(function* ({ build, projection, tables }: Build) {
  const transaction = yield* Transaction
  const views = yield* usersViewsOn(tables.map(table => buildTableName(table, build)))
  if (views.length > 0) return yield* new ViewsInTheWay({ projection, views })
  // Nobody projects into it while its checkpoints go.
  yield* transaction.query("drop checkpoints", database =>
    database.deleteFrom("checkpoint").where("build", "=", build).execute(),
  )
  for (const table of tables) {
    yield* transaction.query("drop table of build", database =>
      sql`drop table if exists ${buildTable(table, build)}`.execute(database),
    )
  }
  yield* transaction.query("drop build", database =>
    database.deleteFrom("build").where("build", "=", build).where("state", "!=", "live").execute(),
  )
})
