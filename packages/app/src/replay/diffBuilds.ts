import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { buildTable } from "../projection/BuildTables.ts"
import type { Projection } from "../projection/Projection.ts"
import { type TakenBuild, takeCheckpoints, whyRebuild } from "../projection/takeCheckpoints.ts"
import { foldUpTo } from "./foldAside.ts"
import { NO_DIFFERENCES, type TableDifferences, tableDifferences } from "./viewDifferences.ts"

/** Differing rows of a table that are shown. */
const MAXIMUM_EXAMPLES = 20

/** What a merchant's rows of two builds differ in, and where each stood: apart only where this code may not carry one of them on. */
export interface BuildDifferences extends TableDifferences {
  readonly beforePosition: number
  readonly afterPosition: number
}

/** Level: both are brought to the position of the one further on. Still: each stays where it is. */
export type Levelling = "level" | "still"

/**
 * Compares two builds of a projection for one merchant. Both checkpoints are held meanwhile, so nobody projects into either; writers and
 * readers go on.
 */
export const diffBuilds = Effect.fnUntraced(function* (
  merchant: string,
  projection: Projection,
  before: number,
  after: number,
  levelling: Levelling,
) {
  const database = yield* Database
  return yield* database.transaction(compare(merchant, projection, before, after, levelling))
})

const compare = Effect.fnUntraced(function* (
  merchant: string,
  projection: Projection,
  before: number,
  after: number,
  levelling: Levelling,
) {
  const taken = yield* takeCheckpoints(merchant, [before, after])
  const positions = new Map<number, number>()
  const furthest = Math.max(0, ...taken.map(one => one.position))
  for (const one of taken) positions.set(one.build.build, yield* level(projection, one, furthest, levelling))
  let all = NO_DIFFERENCES
  for (const table of projection.tables) {
    if (!taken.every(({ build }) => build.tables.includes(table.name))) continue
    const [old, next] = [buildTable(table.name, before), buildTable(table.name, after)]
    all = together(all, yield* tableDifferences(merchant, table, old, next, MAXIMUM_EXAMPLES))
  }
  const differences: BuildDifferences = {
    ...all,
    beforePosition: positions.get(before) ?? 0,
    afterPosition: positions.get(after) ?? 0,
  }
  return differences
})

const level = Effect.fnUntraced(function* (projection: Projection, taken: TakenBuild, upTo: number, how: Levelling) {
  if (how === "still" || whyRebuild(projection, taken) !== undefined) return taken.position
  return yield* foldUpTo(projection, taken, upTo)
})

/** Differences of several tables or merchants as one. */
export function together(one: TableDifferences, other: TableDifferences): TableDifferences {
  const columns: Record<string, number> = { ...one.columns }
  for (const [column, rows] of Object.entries(other.columns)) columns[column] = (columns[column] ?? 0) + rows
  return {
    onlyBefore: one.onlyBefore + other.onlyBefore,
    onlyAfter: one.onlyAfter + other.onlyAfter,
    changed: one.changed + other.changed,
    columns,
    examples: [...one.examples, ...other.examples].slice(0, MAXIMUM_EXAMPLES),
  }
}
