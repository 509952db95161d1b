import { styleText } from "node:util"

/** Writes one line to standard output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** One JSON document on one line. */
export function printJson(value: unknown): void {
  printLine(JSON.stringify(value))
}

/** Colours and tables are for people at a terminal; a pipe gets JSON where a command has both. */
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
