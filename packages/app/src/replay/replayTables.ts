import { Context, Effect, Layer, type Scope, Stream } from "effect"
import { type Kysely, sql } from "kysely"
import type { Merchant } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { PayfoldSchema } from "../postgres/PayfoldSchema.ts"
import { BuildTables, buildTable } from "../projection/BuildTables.ts"
import { createTable } from "../projection/createTable.ts"
import { type Change, DERIVATION_VERSION, type Projection } from "../projection/Projection.ts"
import { applyChanges, type TakenBuild } from "../projection/takeCheckpoints.ts"

/** Payments written together. */
const BATCH_PAYMENTS = 500

/** Rows of projections, in a database in memory. */
export interface ReplayTables {
  /** Every row of a table, in order of its key. */
  readonly rows: (table: string) => Effect.Effect<ReadonlyArray<Readonly<Record<string, unknown>>>, DatabaseFailure>
  /** Asks the tables by SQL, under the names their views have. */
  readonly query: <A>(run: (database: Kysely<PayfoldSchema>) => Promise<A>) => Effect.Effect<A, DatabaseFailure>
}

/** Makes the tables and fills them with whole payments. */
export const replayTables = Effect.fnUntraced(function* <E>(
  merchant: Merchant,
  projections: ReadonlyArray<Projection>,
  changes: Stream.Stream<Change, E>,
): Effect.fn.Return<ReplayTables, E | DatabaseFailure, Scope.Scope> {
  const memory = yield* Effect.orDie(Layer.build(Layer.fresh(Database.layer({ _tag: "Memory" }))))
  const database = Context.get(memory, Database)
  const builds = projections.map((projection, index) => ({
    projection,
    taken: takenBuild(merchant, projection, index),
  }))
  yield* database.query("create schema", kysely => sql`create schema payfold`.execute(kysely))
  for (const { projection, taken } of builds) {
    for (const statement of projection.tables.flatMap(table => createTable(table, taken.build.build))) {
      yield* database.query("create table", kysely => statement.execute(kysely))
    }
  }
  yield* changes.pipe(
    Stream.grouped(BATCH_PAYMENTS),
    Stream.runForEach(batch =>
      database.transaction(
        Effect.forEach(builds, ({ projection, taken }) => applyChanges(projection, taken, batch), { discard: true }),
      ),
    ),
  )
  const plugins = builds.map(({ taken: { build } }) => new BuildTables(build.tables, build.build))
  const query: ReplayTables["query"] = run =>
    database.query("replay", kysely => run(plugins.reduce((one, plugin) => one.withPlugin(plugin), kysely)))
  return {
    query,
    rows: table => {
      const found = builds.find(({ taken }) => taken.build.tables.includes(table))
      const key = found?.projection.tables.find(({ name }) => name === table)?.key ?? []
      const relation = buildTable(table, found?.taken.build.build ?? 0)
      return Effect.map(
        database.query("replay", kysely =>
          sql<
            Record<string, unknown>
          >`select * from ${relation} order by ${sql.join(key.map(column => sql.id(column)))}`.execute(kysely),
        ),
        ({ rows }) => rows,
      )
    },
  }
})

/** A build as the projector has it, of tables that nobody else sees. */
function takenBuild(merchant: Merchant, projection: Projection, index: number): TakenBuild {
  const build = {
    build: index + 1,
    projection: projection.name,
    projection_version: projection.version,
    derivation_version: DERIVATION_VERSION,
    tables: projection.tables.map(({ name }) => name),
    state: "scratch",
    created_at: "",
  } as const
  return { build, merchant, position: 0, settings: "", foldedPayment: null, foldedPosition: null }
}
