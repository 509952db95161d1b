import { formatMoney } from "@payfold/domain"
import { UNKNOWN } from "../../projection/moneyOfDays.ts"
import { styled } from "../print.ts"
import { displayWidth, type Heading, printable, table } from "../table.ts"
import type { TotalsOfDay } from "./readTotals.ts"

const HEADINGS: ReadonlyArray<Heading> = [
  ...["day", ""],
  ...[{ right: "payments" }, { right: "received" }, { right: "refunds" }, { right: "refunded" }],
  "",
]

/** The widest bar, in columns, and the narrowest that still says something. */
const MAXIMUM_BAR = 40
const MINIMUM_BAR = 4

/**
 * Totals for people: a table a currency and mode, with the sum under it, and a bar a day as wide as the terminal leaves room for. Nothing is
 * added across currencies, nor test money to live.
 */
export function totalsText(days: ReadonlyArray<TotalsOfDay>, timeZone: string, terminalWidth: number): string {
  const sections = [...Map.groupBy(days, day => `${printable(day.currency)} ${day.mode}`)]
  const isRecorded = days.some(day => day.day_from === "recorded")
  return [
    ...sections.map(([name, ofSection]) => `${styled("bold", name)}\n${sectionText(ofSection, terminalWidth)}\n`),
    styled(
      "gray",
      `Days in ${timeZone}${isRecorded ? "; recorded: no report names the day, so it is the one on which we learned it" : ""}`,
    ),
  ].join("\n")
}

/** Totals as plain cells, one row a currency, mode and day; amounts in minor units. */
export function totalsCells(day: TotalsOfDay): ReadonlyArray<string> {
  const { currency, mode, day: date, day_from, received_count, received_amount, refunded_count, refunded_amount } = day
  return [
    ...[printable(currency), mode, date, day_from],
    ...[String(received_count), received_amount, String(refunded_count), refunded_amount],
  ]
}

function sectionText(days: ReadonlyArray<TotalsOfDay>, terminalWidth: number): string {
  const highest = days.reduce((most, { received_amount }) => Math.max(most, Number(received_amount)), 0)
  const rows = (barWidth: number) => [
    ...days.map(day => [...cellsOf(day), bar(Number(day.received_amount), highest, barWidth)]),
    ...(days.length > 1 ? [cellsOf(sumOf(days))] : []),
  ]
  const widthWithoutBars = Math.max(...table(HEADINGS, rows(0)).split("\n").map(displayWidth))
  const room = Math.max(MINIMUM_BAR, Math.min(MAXIMUM_BAR, terminalWidth - widthWithoutBars - 2))
  return table(HEADINGS, rows(room))
}

function cellsOf(day: Omit<TotalsOfDay, "day_from"> & { readonly day_from: string }): ReadonlyArray<string> {
  return [
    day.day,
    day.day_from === "recorded" ? styled("yellow", "recorded") : "",
    count(day.received_count),
    amount(day.received_amount, day.currency),
    count(day.refunded_count),
    amount(day.refunded_amount, day.currency),
  ]
}

function sumOf(days: ReadonlyArray<TotalsOfDay>) {
  const sum = (values: ReadonlyArray<string>) => values.reduce((total, value) => total + BigInt(value), 0n).toString()
  return {
    day: "total",
    day_from: "",
    currency: days[0]?.currency ?? UNKNOWN,
    mode: days[0]?.mode ?? UNKNOWN,
    received_count: days.reduce((total, day) => total + day.received_count, 0),
    received_amount: sum(days.map(day => day.received_amount)),
    refunded_count: days.reduce((total, day) => total + day.refunded_count, 0),
    refunded_amount: sum(days.map(day => day.refunded_amount)),
  }
}

function count(number: number): string {
  return number === 0 ? "" : String(number)
}

/** The amount of an unknown currency is unknown too: only that money moved is known. */
function amount(minorUnits: string, currency: string): string {
  if (currency === UNKNOWN) return ""
  return minorUnits === "0" ? "" : formatMoney({ amount: BigInt(minorUnits), currency })
}

/** Eighths of a column, from one to all eight. */
const EIGHTHS = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

/** A bar of at most `width` columns; whatever is more than nothing is seen. */
export function bar(value: number, highest: number, width: number): string {
  if (width === 0 || value <= 0) return ""
  const eighths = Math.max(1, Math.round((8 * width * value) / highest))
  const rest = eighths % 8
  return styled("green", "█".repeat(Math.floor(eighths / 8)) + (rest === 0 ? "" : (EIGHTHS[rest - 1] ?? "")))
}
