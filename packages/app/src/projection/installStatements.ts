import { type RawBuilder, sql } from "kysely"
import { buildTable, viewNamed } from "./BuildTables.ts"
import { createIndexes, createTable } from "./createTable.ts"
import { DERIVATION_VERSION, type Projection } from "./Projection.ts"

/** `building`: rows are being made. `live`: the views show it. `kept`: the one before, still projected. `scratch`: only to be looked at. */
export type BuildState = "building" | "live" | "kept" | "scratch"

/** The statements that write down a build and make its empty tables, as they are filled: without the indexes for readers. */
export function createBuildStatements(
  projection: Projection,
  build: number,
  state: BuildState,
): ReadonlyArray<RawBuilder<unknown>> {
  return [
    sql`insert into payfold.build (build, projection, projection_version, derivation_version, tables, state)
      values (${sql.lit(build)}, ${sql.lit(projection.name)}, ${sql.lit(projection.version)},
        ${sql.lit(DERIVATION_VERSION)}, ${sql.lit(`{${projection.tables.map(table => table.name).join(",")}}`)},
        ${sql.lit(state)})`,
    ...projection.tables.flatMap(table => createTable(table, build)),
  ]
}

/** The statements that give a projection its first build: empty, live, with views on it. */
export function installStatements(projection: Projection, build: number): ReadonlyArray<RawBuilder<unknown>> {
  return [
    ...createBuildStatements(projection, build, "live"),
    ...projection.tables.flatMap(table => createIndexes(table, build)),
    ...projection.tables.map(
      ({ name }) => sql`create view ${viewNamed(name)} as select * from ${buildTable(name, build)}`,
    ),
  ]
}
