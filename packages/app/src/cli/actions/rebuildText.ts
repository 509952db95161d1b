import type { ExplainedDifference } from "../../replay/explainRows.ts"
import type { Rebuilt } from "../../replay/rebuild.ts"
import { changedColumns, type DifferenceCounts } from "../../replay/viewDifferences.ts"
import { counted, printLine, styled } from "../print.ts"
import { printable } from "../table.ts"

export function printRebuilt({ projection, payments, differences, columns, switched }: Rebuilt): void {
  printLine(
    `${projection}: ${counted(payments, "payment", "payments")} rebuilt from the log; ${differencesText(differences)}`,
  )
  if (differences.changed > 0) printLine(`  changed: ${columnsText(columns)}`)
  if (!switched) printLine("Dry run: the live view was left as it is")
}

export function differencesText({ onlyBefore, onlyAfter, changed }: DifferenceCounts): string {
  if (onlyBefore + onlyAfter + changed === 0) return styled("green", "equal to the live view")
  return styled("yellow", `${changed} changed, ${onlyAfter} missing from the live view, ${onlyBefore} only there`)
}

/** Prints what differs as a diff: the rows, `-` as the live view has them and `+` as they are in the other one, then the events behind each. */
export function printDifferences(
  { differences, examples }: Pick<Rebuilt, "differences" | "examples">,
  otherName: string,
): void {
  const total = differences.changed + differences.onlyAfter + differences.onlyBefore
  if (total === 0) return
  printLine([styled("red", "--- live"), styled("green", `+++ ${otherName}`)].join("\n"))
  for (const example of examples) printLine(differenceText(example))
  if (total > examples.length) {
    printLine(`… and ${counted(total - examples.length, "more row", "more rows")}`)
  }
}

/** One row that differs: its name, its columns before and after, and the events that made it. */
export function differenceText(difference: ExplainedDifference): string {
  const { before, after, key, table, events } = difference
  const name = Object.entries(key).flatMap(([column, value]) =>
    column === "merchant" ? [] : [printable(String(value))],
  )
  const changed = changedColumns(difference).filter(column => !Object.hasOwn(key, column))
  const width = Math.max(0, ...changed.map(column => column.length))
  const side = (sign: "-" | "+", row: typeof before, column: string) => {
    const value = row?.[column]
    // A row that is on one side only is shown with what is known of it.
    if (row === null || (value === null && (before === null || after === null))) return []
    return [styled(sign === "-" ? "red" : "green", `${sign}   ${column.padEnd(width)}  ${valueText(value)}`)]
  }
  return [
    styled("bold", `@@ ${printable(table)} ${name.join(" ")}${onlyText(difference)}`),
    ...changed.flatMap(column => [...side("-", before, column), ...side("+", after, column)]),
    ...events.map(({ payment, version, position, type, recordedAt }) =>
      styled("gray", `    ${printable(payment)} ${version} ${type}, position ${position}, recorded ${recordedAt}`),
    ),
  ].join("\n")
}

function onlyText({ before, after }: ExplainedDifference): string {
  if (before === null) return ": not in the live view"
  return after === null ? ": only in the live view" : ""
}

/** Values as JSON tells them apart: a text in quotes is no number. */
function valueText(value: unknown): string {
  return printable(JSON.stringify(value) ?? "")
}

/** Columns with the number of rows that differ in them. */
export function columnsText(columns: Readonly<Record<string, number>>): string {
  return Object.entries(columns)
    .map(([column, rows]) => `${column} (${rows})`)
    .join(", ")
}
