import { styleText } from "node:util"

/** Writes one line to standard output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** One JSON document on one line. The control characters that JSON leaves as they are would drive a terminal, so they are written as escapes too. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value)
  printLine(text.replace(/[\u007F-\u009F]/g, character => `\\u00${character.charCodeAt(0).toString(16)}`))
}

/** A word to the person who runs the command, beside its output: a script that counts lines does not count it. */
export function printNote(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Columns of the terminal; 80 where it does not tell. */
export function terminalWidth(): number {
  return process.stdout.columns > 0 ? process.stdout.columns : 80
}

/** Colours and tables are for people at a terminal; a pipe gets plain lines. */
export function isTerminal(): boolean {
  return process.stdout.isTTY === true
}

type Style = Parameters<typeof styleText>[0]

/** Coloured on a terminal, plain in a pipe and under `NO_COLOR`. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

const STATUS_STYLE: Readonly<Record<string, Style>> = {
  created: "gray",
  awaiting: "yellow",
  paid: "green",
  refunded: "cyan",
  expired: "magenta",
  failed: "red",
}

/** A payment's status in its colour. */
export function styledStatus(status: string): string {
  return styled(STATUS_STYLE[status] ?? "reset", status)
}

/** `1 payment`, `2 payments`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
