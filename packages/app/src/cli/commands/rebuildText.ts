import type { ExplainedDifference } from "../../replay/explainRows.ts"
import type { Rebuilt } from "../../replay/rebuild.ts"
import { changedColumns, type DifferenceCounts } from "../../replay/viewDifferences.ts"
import { counted, printLine, styled } from "../print.ts"
import { printable } from "../table.ts"

export function printRebuilt({ projection, payments, differences, columns, switched }: Rebuilt): void {
  printLine(
    `${projection}: ${counted(payments, "payment", "payments")} rebuilt from the log; ${differencesText(differences)}`,
  )
  const byColumn = Object.entries(columns).map(([column, rows]) => `${column} (${rows})`)
  if (byColumn.length > 0) printLine(`  changed: ${byColumn.join(", ")}`)
  if (!switched) printLine("Dry run: the live view was left as it is")
}

export function differencesText({ onlyBefore, onlyAfter, changed }: DifferenceCounts): string {
  if (onlyBefore + onlyAfter + changed === 0) return styled("green", "equal to the live view")
  return styled("yellow", `${changed} changed, ${onlyAfter} missing from the live view, ${onlyBefore} only there`)
}

export function printDifferences(examples: ReadonlyArray<ExplainedDifference>): void {
  for (const example of examples) {
    printLine(differenceText(example))
    for (const { payment, version, position, type, recordedAt } of example.events) {
      printLine(styled("gray", `    ${payment} ${version} ${type}, position ${position}, recorded ${recordedAt}`))
    }
  }
}

function differenceText(difference: ExplainedDifference): string {
  const { before, after, key, table } = difference
  const name = `${table} ${Object.values(key)
    .map(value => printable(String(value)))
    .join(" ")}`
  if (before === null) return styled("green", `+ ${name}`)
  if (after === null) return styled("red", `- ${name}`)
  const columns = changedColumns(difference).map(
    column => `    ${column}: ${JSON.stringify(before[column])} → ${JSON.stringify(after[column])}`,
  )
  return [`~ ${name}`, ...columns].join("\n")
}
