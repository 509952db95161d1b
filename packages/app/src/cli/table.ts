import * as CliOutput from "effect/cli/CliOutput"
import { isTerminal, printLine, styled } from "./print.ts"

/** A column's heading; numbers and amounts stand at the right. */
export type Heading = string | { readonly right: string }

type Rows = ReadonlyArray<ReadonlyArray<string>>

/** Prints rows: a table on a terminal, else a row a line with tabs between all columns and no heading, as `cut` and `awk` want it. */
export function printTable(headings: ReadonlyArray<Heading>, rows: Rows): void {
  printLine(isTerminal() ? table(headings, rows) : rows.map(row => row.join("\t")).join("\n"))
}

/** A table for people: columns as wide as their widest cell, two blanks between; columns whose every cell is empty are left out. */
export function table(headings: ReadonlyArray<Heading>, rows: Rows): string {
  const names = headings.map(heading => (typeof heading === "string" ? heading : heading.right))
  const shown = names.map((_, column) => column).filter(column => rows.some(row => (row[column] ?? "") !== ""))
  const widths = shown.map(column => Math.max(...[names, ...rows].map(row => displayWidth(row[column] ?? ""))))
  const line = (row: ReadonlyArray<string>, style: (text: string) => string) =>
    shown
      .map((column, index) => style(pad(row[column] ?? "", widths[index] ?? 0, typeof headings[column] !== "string")))
      .join("  ")
      .trimEnd()
  return [line(names, text => styled("bold", text)), ...rows.map(row => line(row, text => text))].join("\n")
}

function pad(text: string, width: number, isRight: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - displayWidth(text)))
  return isRight ? blanks + text : text + blanks
}

/** Columns a text takes on a terminal: kana and kanji take two, colours none. */
export const displayWidth = CliOutput.displayWidth

/** Turns the direction of what follows it, so that a text can look like another. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** Text from outside, safe to print: a control character in a provider's message must not drive the terminal, nor turn the line around. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "\uFFFD").replace(DIRECTIONS, "\uFFFD")
}
