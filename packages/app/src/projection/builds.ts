import { Effect } from "effect"
import { type Selectable, sql } from "kysely"
import type { Merchant } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import type { BuildTable } from "../postgres/PayfoldSchema.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { type BuildState, createBuildStatements, installStatements } from "./installStatements.ts"
import { DERIVATION_VERSION, type Projection } from "./Projection.ts"

export type Build = Selectable<BuildTable>

/** All builds of these projections, oldest first. */
export const readBuilds = Effect.fnUntraced(function* (names: ReadonlyArray<string>) {
  const database = yield* Database
  return yield* database.read("read builds", kysely =>
    kysely
      .selectFrom("build")
      .selectAll()
      .where("projection", "in", ["", ...names])
      .orderBy("build")
      .execute(),
  )
})

/** Whether this code made the build, or could have. */
export function madeBy(projection: Projection, build: Build): boolean {
  return (
    build.projection === projection.name &&
    build.projection_version === projection.version &&
    build.derivation_version === DERIVATION_VERSION
  )
}

/** The settings of a merchant that a projection's rows depend on. */
export function settingsOf(projection: Projection, merchant: Merchant): string {
  return projection.settings?.(merchant) ?? ""
}

/**
 * Sees to it that each projection has a live build and the merchant a checkpoint in every build that is projected. Asks twice and writes nothing
 * once it is so; a projection that nobody has used before gets its tables here, which takes the right to create them.
 */
export const ensureBuilds = Effect.fnUntraced(function* (merchant: string, projections: ReadonlyArray<Projection>) {
  const database = yield* Database
  let builds = yield* readBuilds(projections.map(({ name }) => name))
  const lacking = projections.filter(({ name }) => !builds.some(build => build.projection === name))
  for (const projection of lacking) yield* database.transaction(install(projection))
  if (lacking.length > 0) builds = yield* readBuilds(projections.map(({ name }) => name))
  const known = yield* database.read("read checkpoints", kysely =>
    kysely.selectFrom("checkpoint").select("build").where("merchant", "=", merchant).execute(),
  )
  const missing = builds.filter(
    ({ build, state }) => (state === "live" || state === "kept") && !known.some(row => row.build === build),
  )
  if (missing.length === 0) return
  const settings = yield* database.read("read merchant", kysely => merchantQuery(kysely, merchant).executeTakeFirst())
  if (settings === undefined) return
  for (const build of missing) {
    const projection = projections.find(candidate => madeBy(candidate, build))
    if (projection !== undefined)
      yield* database.query("create checkpoint", checkpointQuery(build, projection, settings))
  }
})

/** Inserts the checkpoint of a merchant that has none in this build yet. */
const checkpointQuery =
  (build: Build, projection: Projection, merchant: Merchant) =>
  (kysely: Parameters<Parameters<Database["Service"]["query"]>[1]>[0]) =>
    kysely
      .insertInto("checkpoint")
      .values({ merchant: merchant.merchant, build: build.build, settings: settingsOf(projection, merchant) })
      .onConflict(conflict => conflict.doNothing())
      .execute()

/** A merchant with its settings. */
export const merchantQuery = (kysely: Parameters<Parameters<Database["Service"]["query"]>[1]>[0], merchant: string) =>
  kysely
    .selectFrom("merchant")
    .select(["merchant", "time_zone as timeZone", "reference_keys as referenceKeys"])
    .where("merchant", "=", merchant)

const install = Effect.fnUntraced(function* (projection: Projection) {
  const transaction = yield* Transaction
  const number = yield* nextBuild
  const builds = yield* transaction.query("read builds", database =>
    database.selectFrom("build").select("build").where("projection", "=", projection.name).execute(),
  )
  // Another process may have been first.
  if (builds.length > 0) return
  for (const statement of installStatements(projection, number)) {
    yield* transaction.query(`install ${projection.name}`, database => statement.execute(database))
  }
})

/** Makes the empty tables of a new build and gives back its number. */
export const createBuild = Effect.fnUntraced(function* (projection: Projection, state: BuildState) {
  const transaction = yield* Transaction
  const number = yield* nextBuild
  for (const statement of createBuildStatements(projection, number, state)) {
    yield* transaction.query(`create build of ${projection.name}`, database => statement.execute(database))
  }
  return number
})

/** The next number, ours until the transaction ends: whoever else makes a build waits. */
const nextBuild = Effect.gen(function* () {
  const transaction = yield* Transaction
  yield* transaction.query("lock builds", database =>
    sql`lock table payfold.build in share row exclusive mode`.execute(database),
  )
  const row = yield* transaction.query("number build", database =>
    database
      .selectFrom("build")
      .select(({ fn }) => fn.max("build").as("last"))
      .executeTakeFirst(),
  )
  return (row?.last ?? 0) + 1
})
