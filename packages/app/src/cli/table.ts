import { stripVTControlCharacters } from "node:util"
import { styled } from "./print.ts"

/** A table for people: columns as wide as their widest cell, two blanks between; columns whose every cell is empty are left out. */
export function table(headings: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string {
  const shown = headings.map((_, column) => column).filter(column => rows.some(row => (row[column] ?? "") !== ""))
  const widths = shown.map(column => Math.max(...[headings, ...rows].map(row => displayWidth(row[column] ?? ""))))
  const line = (row: ReadonlyArray<string>, style: (text: string) => string) =>
    shown
      .map((column, index) => style(pad(row[column] ?? "", widths[index] ?? 0)))
      .join("  ")
      .trimEnd()
  return [line(headings, text => styled("bold", text)), ...rows.map(row => line(row, text => text))].join("\n")
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)))
}

const WIDE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\uff01-\uff60\uffe0-\uffe6]/u

/** Columns a text takes on a terminal: kana and kanji take two, control sequences none. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of stripVTControlCharacters(text)) width += WIDE.test(character) ? 2 : 1
  return width
}

/** Text from outside, safe to print: a control character in a provider's message must not drive the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "\uFFFD")
}
