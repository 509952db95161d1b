import { fold, formatMethod, formatMoney, type Payment, type PaymentEvent, toPayment } from "@payfold/domain"
import { isOverdue } from "../../projection/due.ts"
import { deadlineSentence, localTime, momentSentence } from "../localTime.ts"
import { counted, styled, styledStatus } from "../print.ts"
import { printable, table } from "../table.ts"
import { instructionRows } from "./instructionRows.ts"
import { occurredAt } from "./occurred.ts"
import type { TimelineEntry } from "./readTimeline.ts"

/** Where and when a person looks: the merchant's time zone, and the instant. */
export interface Reader {
  readonly timeZone: string
  readonly now: string
}

/** A payment for people: how it stands, what its payer needs, and the facts in the order learned beside the order they occurred. */
export function timelineText(payment: string, timeline: ReadonlyArray<TimelineEntry>, reader: Reader): string {
  const shown = toPayment(fold(timeline.map(entry => entry.event)))
  const discrepancies = shown.discrepancies.map(({ code, message }) =>
    styled("yellow", `  ! ${code}: ${printable(message)}`),
  )
  const facts = table(
    ["  learned", "occurred", "fact", "says", "at", "recorded", "learned from", ""],
    timeline.map(entry => factCells(entry, reader)),
  )
  return [
    headingText(payment, shown),
    ...labelled(standingRows(shown, reader), "  "),
    ...instructionsText(shown),
    "",
    styled("gray", `  Facts in the order they were learned; times in ${reader.timeZone}`),
    facts,
    ...(discrepancies.length === 0 ? [] : ["", ...discrepancies]),
  ].join("\n")
}

function headingText(payment: string, { status, requested, method, mode }: Payment): string {
  return [
    styled("bold", printable(payment)),
    styledStatus(status),
    ...(requested === undefined ? [] : [formatMoney(requested)]),
    ...(method === undefined ? [] : [printable(formatMethod(method))]),
    ...(mode === "test" ? [styled("yellow", "test")] : []),
  ].join("  ")
}

type Labelled = ReadonlyArray<readonly [label: string, text: string]>

function labelled(rows: Labelled, indent: string): ReadonlyArray<string> {
  const width = Math.max(0, ...rows.map(([label]) => label.length))
  return rows.map(([label, text]) => `${indent}${styled("gray", label.padEnd(width))}  ${text}`)
}

function standingRows(shown: Payment, { timeZone, now }: Reader): Labelled {
  const on = (instant: string | undefined) => (instant === undefined ? [] : [momentSentence(timeZone, instant, now)])
  const row = (label: string, ...texts: ReadonlyArray<string>): Labelled =>
    texts.length === 0 ? [] : [[label, texts.join(", ")]]
  const money = (amount: Payment["received"] | Payment["refunded"]) =>
    amount === undefined ? [] : [formatMoney(amount)]
  const { orderReference, deadline, failure, status } = shown
  const overdue = isOverdue({ deadline: deadline ?? null, status }, now) ? ` ${styled("red", "(overdue)")}` : ""
  return [
    ...row("order", ...(orderReference === undefined ? [] : [printable(orderReference)])),
    ...row("created", ...on(shown.createdAt)),
    ...row("deadline", ...(deadline === undefined ? [] : [deadlineSentence(timeZone, deadline, now) + overdue])),
    ...row("received", ...money(shown.received), ...on(shown.paidAt)),
    ...row("refunded", ...money(shown.refunded), ...on(shown.refundedAt)),
    ...row("expired", ...on(shown.expiredAt)),
    ...row("failed", ...failureTexts(failure), ...on(shown.failedAt)),
  ]
}

function failureTexts(failure: Payment["failure"]): ReadonlyArray<string> {
  return [failure?.category, failure?.code, failure?.message].flatMap(text =>
    text === undefined ? [] : [printable(text)],
  )
}

function instructionsText(shown: Payment): ReadonlyArray<string> {
  const rows = instructionRows(shown)
  if (rows.length === 0) return []
  const isOpen = shown.status === "created" || shown.status === "awaiting"
  return [isOpen ? "  To pay" : "  What the payer was told", ...labelled(rows, "    ")]
}

function factCells(entry: TimelineEntry, { timeZone, now }: Reader): ReadonlyArray<string> {
  const { stored, event, delivery } = entry
  const occurred = occurredAt(event)
  const isWithdrawn = entry.withdrawnBy !== undefined
  const fact = isWithdrawn ? styled("strikethrough", event._tag) : event._tag
  return [
    `  ${stored.version}`,
    entry.occurredOrder === undefined ? "" : String(entry.occurredOrder),
    fact,
    saidBy(event, { timeZone, now }),
    occurred === undefined ? "" : localTime(timeZone, occurred),
    localTime(timeZone, stored.recordedAt),
    stored.deliveryId === null
      ? ""
      : `delivery ${stored.deliveryId}${delivery === undefined ? "" : ` (${delivery.verdict}, ${counted(delivery.timesReceived, "time", "times")})`}`,
    marksOf(entry).join(", "),
  ]
}

function marksOf({ isLate, contradicts, withdrawnBy }: TimelineEntry): ReadonlyArray<string> {
  return [
    ...(withdrawnBy === undefined ? [] : [styled("magenta", `withdrawn by ${withdrawnBy}`)]),
    ...(isLate ? [styled("cyan", "late")] : []),
    ...contradicts.map(code => styled("yellow", `contradicts: ${code}`)),
  ]
}

function saidBy(event: PaymentEvent, { timeZone, now }: Reader): string {
  switch (event._tag) {
    case "PaymentCreated":
      return event.orderReference === undefined ? "" : printable(`order ${event.orderReference.value}`)
    case "PaymentAwaiting":
      return event.deadline === undefined ? "" : deadlineSentence(timeZone, event.deadline, now)
    case "PaymentPaid":
      return event.received === undefined ? "" : formatMoney(event.received)
    case "PaymentExpired":
      return ""
    case "PaymentFailed":
      return printable(
        event.cause === undefined
          ? "no cause named"
          : `${event.cause.category ?? "no cause named"} (${event.cause.code ?? "no code"})`,
      )
    case "PaymentRefunded":
      return `${REFUNDS[event.refund._tag]} ${formatMoney(event.refund)}`
    case "FactsWithdrawn":
      return printable(`versions ${event.versions.join(", ")}, by ${event.withdrawnBy}: ${event.reason}`)
  }
}

const REFUNDS = {
  Refund: "refund",
  Chargeback: "chargeback",
  ChargebackReversal: "chargeback reversed",
  Total: "total so far",
} as const
