import { Effect } from "effect"
import { buildTable } from "../../projection/BuildTables.ts"
import { ensureBuilds, readBuilds } from "../../projection/builds.ts"
import type { Projection } from "../../projection/Projection.ts"
import type { PaymentsTable } from "../../projection/payments.ts"
import { catchUp } from "../../projection/project.ts"
import { diffBuilds } from "../../replay/diffBuilds.ts"
import { eachRow } from "../../replay/eachRow.ts"
import { explainRows } from "../../replay/explainRows.ts"
import { withScratchBuild } from "../../replay/scratchBuild.ts"
import { merchantNamed } from "../merchantNamed.ts"
import { printJson, printLine, printNote } from "../print.ts"
import { printable, printTable } from "../table.ts"
import { type AsOf, positionOf } from "./asOf.ts"
import { PAYMENT_HEADINGS, paymentCells } from "./paymentsTable.ts"
import { columnsText, differencesText, printDifferences } from "./rebuildText.ts"

interface Past {
  readonly merchant: string
  readonly projections: ReadonlyArray<Projection>
  /** `undefined` is now. */
  readonly moment: AsOf | undefined
  readonly json: boolean
}

/** Prints views as they were. */
export const printAsOf = Effect.fnUntraced(function* (past: Past) {
  const { position, words } = yield* positionOf(past.merchant, past.moment)
  const { timeZone } = yield* merchantNamed(past.merchant)
  if (!past.json) printNote(`As of ${words}:`)
  for (const projection of past.projections) {
    yield* withScratchBuild(past.merchant, projection, position, build =>
      Effect.forEach(projection.tables, ({ name, key }) =>
        eachRow(past.merchant, buildTable(name, build), key, rows =>
          Effect.sync(() => printRows(name, rows, past.json, timeZone)),
        ),
      ),
    )
  }
})

/** Prints how views of one merchant would differ from the living ones: built as of a moment, or now. Nothing is switched. */
export const printPast = Effect.fnUntraced(function* (past: Past) {
  const { merchant, projections, json } = past
  const { position, words } = yield* positionOf(merchant, past.moment)
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
      printLine(`${projection.name} as of ${words}: ${differencesText(differences)}`)
      if (differences.changed > 0) printLine(`  changed: ${columnsText(columns)}`)
      printDifferences({ differences, examples }, `as of ${words}`)
    }
  }
})

type Row = Readonly<Record<string, unknown>>

function printRows(table: string, rows: ReadonlyArray<Row>, json: boolean, timeZone: string): void {
  if (json) for (const row of rows) printJson(row)
  else if (table === "payments") {
    // The rows of that table, as JSON. What was overdue then depends on the hour, and a position has none.
    const payments = rows.map(row => ({ ...(row as unknown as PaymentsTable), overdue: false }))
    printTable(
      PAYMENT_HEADINGS(timeZone),
      payments.map(row => paymentCells(row, timeZone)),
    )
  } else {
    const columns = Object.keys(rows[0] ?? {}).filter(column => column !== "merchant")
    printTable(
      columns,
      rows.map(row => columns.map(column => cell(row[column]))),
    )
  }
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ""
  return printable(typeof value === "string" ? value : JSON.stringify(value))
}
