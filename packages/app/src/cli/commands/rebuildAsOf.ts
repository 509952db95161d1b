import { Effect } from "effect"
import { positionAsOf } from "../../log/positionAsOf.ts"
import { readHead } from "../../log/readHead.ts"
import { Database } from "../../postgres/Database.ts"
import { buildTable } from "../../projection/BuildTables.ts"
import { ensureBuilds, readBuilds } from "../../projection/builds.ts"
import type { Projection } from "../../projection/Projection.ts"
import { catchUp } from "../../projection/project.ts"
import { diffBuilds } from "../../replay/diffBuilds.ts"
import { eachRow } from "../../replay/eachRow.ts"
import { explainRows } from "../../replay/explainRows.ts"
import type { Moment } from "../../replay/Moment.ts"
import { withScratchBuild } from "../../replay/scratchBuild.ts"
import { WrongUsage } from "../Exit.ts"
import { printJson, printLine } from "../print.ts"
import { printable, table } from "../table.ts"
import { differencesText, printDifferences } from "./rebuildText.ts"

interface Past {
  readonly merchant: string
  readonly projections: ReadonlyArray<Projection>
  /** `undefined` is now. */
  readonly moment: Moment | undefined
  readonly json: boolean
}

/** Prints views as they were. */
export const printAsOf = Effect.fnUntraced(function* (past: Past) {
  const { position, head } = yield* positionOf(past)
  if (!past.json) printLine(`As of position ${position} of ${head}:`)
  for (const projection of past.projections) {
    yield* withScratchBuild(past.merchant, projection, position, build =>
      Effect.forEach(projection.tables, ({ name, key }) =>
        eachRow(past.merchant, buildTable(name, build), key, rows => Effect.sync(() => printRows(rows, past.json))),
      ),
    )
  }
})

/** Prints how views of one merchant would differ from the living ones: built as of a moment, or now. Nothing is switched. */
export const printPast = Effect.fnUntraced(function* (past: Past) {
  const { merchant, projections, json } = past
  const { position } = yield* positionOf(past)
  yield* ensureBuilds(merchant, projections)
  for (const projection of projections) {
    yield* catchUp(merchant, projection).pipe(Effect.catchTag("RebuildNeeded", () => Effect.void))
    const live = (yield* readBuilds([projection.name])).find(({ state }) => state === "live")?.build ?? 0
    const levelling = past.moment === undefined ? "level" : "still"
    const found = yield* withScratchBuild(merchant, projection, position, build =>
      diffBuilds(merchant, projection, live, build, levelling),
    )
    const examples = yield* explainRows(projection, found.examples, Math.max(found.beforePosition, found.afterPosition))
    const { onlyBefore, onlyAfter, changed, columns } = found
    const differences = { onlyBefore, onlyAfter, changed }
    if (json) printJson({ projection: projection.name, merchant, position, differences, columns, examples })
    else {
      printLine(`${projection.name} as of position ${position}: ${differencesText(differences)}`)
      printDifferences(examples)
    }
  }
})

const positionOf = Effect.fnUntraced(function* ({ merchant, moment }: Past) {
  const database = yield* Database
  const { position: head } = yield* readHead(database, merchant)
  if (moment === undefined) return { position: head, head }
  const position =
    moment._tag === "Position" ? moment.position : yield* positionAsOf(database, merchant, moment.instant)
  if (position > head) {
    return yield* new WrongUsage({ message: `Position ${position} is not there yet: the log ends at ${head}` })
  }
  return { position, head }
})

function printRows(rows: ReadonlyArray<Readonly<Record<string, unknown>>>, json: boolean): void {
  if (json) for (const row of rows) printJson(row)
  else {
    const columns = Object.keys(rows[0] ?? {}).filter(column => column !== "merchant")
    printLine(
      table(
        columns,
        rows.map(row => columns.map(column => cell(row[column]))),
      ),
    )
  }
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ""
  return printable(typeof value === "string" ? value : JSON.stringify(value))
}
