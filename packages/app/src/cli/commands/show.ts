import {
  decodeEvent,
  fold,
  formatMethod,
  formatMoney,
  type PaymentEvent,
  toPayment,
  withdrawnVersions,
} from "@payfold/domain"
import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import type { StoredEvent } from "../../log/EncodedEvent.ts"
import { readPayment } from "../../log/readPayment.ts"
import { Database } from "../../postgres/Database.ts"
import { SomethingWrong } from "../Exit.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { printJson, printLine, styled, styledStatus } from "../print.ts"
import { printable, table } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"

export const showCommand = Command.make(
  "show",
  {
    payment: Argument.String("payment-id").pipe(
      Argument.withDescription("<provider>:<charge id>, as `payments` lists it"),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("show")(function* ({ payment, merchant, json }) {
    yield* withDatabase(
      Effect.gen(function* () {
        const timeline = yield* readTimeline(merchant, payment)
        if (timeline.length === 0) {
          process.stderr.write(`There is no payment ${printable(payment)}. List them with: payfold payments\n`)
          return yield* new SomethingWrong()
        }
        if (json) for (const line of timelineJson(payment, timeline)) printJson(line)
        else printLine(timelineText(payment, timeline))
      }),
    )
  }),
).pipe(
  Command.withDescription("Show what is known of one payment, who said it and when, and what does not fit together."),
  Command.withExamples([{ command: "payfold show omise:chrg_test_5b4n1q8", description: "One payment's timeline" }]),
)

/** An event of a payment with its envelope and what it says. */
export interface TimelineEntry {
  readonly stored: StoredEvent
  readonly event: PaymentEvent
}

/** A payment's events, oldest first. */
export const readTimeline = Effect.fnUntraced(function* (merchant: string, payment: string) {
  const database = yield* Database
  const stored = yield* readPayment(database, merchant, payment)
  return yield* Effect.forEach(stored, event =>
    Effect.map(Effect.fromResult(decodeEvent(event.data)), decoded => ({ stored: event, event: decoded })),
  )
})

function timelineJson(payment: string, timeline: ReadonlyArray<TimelineEntry>): ReadonlyArray<object> {
  const withdrawn = withdrawnVersions(timeline.map(entry => entry.event))
  const { instructions, ...state } = toPayment(fold(timeline.map(entry => entry.event)))
  return [
    { kind: "payment", payment, ...state, instructions },
    ...timeline.map(({ stored, event }) => ({
      kind: "event",
      version: stored.version,
      position: stored.position,
      recordedAt: stored.recordedAt,
      deliveryId: stored.deliveryId,
      withdrawn: withdrawn.has(stored.version),
      event,
    })),
  ]
}

/** A payment for people: how it stands, the facts in the order learned beside the order they occurred, and what contradicts what. */
export function timelineText(payment: string, timeline: ReadonlyArray<TimelineEntry>): string {
  const events = timeline.map(entry => entry.event)
  const withdrawn = withdrawnVersions(events)
  const shown = toPayment(fold(events))
  const requested = shown.requested === undefined ? [] : [formatMoney(shown.requested)]
  const method = shown.method === undefined ? [] : [printable(formatMethod(shown.method))]
  const heading = [styled("bold", payment), styledStatus(shown.status), ...requested, ...method].join("  ")
  const rows = timeline.map(({ stored, event }) => [
    `  ${stored.version}`,
    withdrawn.has(stored.version) ? `${event._tag} (withdrawn)` : event._tag,
    saidBy(event),
    occurredAt(event) ?? "",
    stored.recordedAt,
    stored.deliveryId === null ? "" : `delivery ${stored.deliveryId}`,
  ])
  const discrepancies = shown.discrepancies.map(({ code, message }) =>
    styled("yellow", `  ! ${code}: ${printable(message)}`),
  )
  return [heading, table(["  #", "fact", "says", "occurred", "recorded", "learned from"], rows), ...discrepancies].join(
    "\n",
  )
}

function occurredAt(event: PaymentEvent): string | undefined {
  switch (event._tag) {
    case "PaymentCreated":
      return event.createdAt
    case "PaymentPaid":
      return event.paidAt
    case "PaymentExpired":
      return event.expiredAt
    case "PaymentFailed":
      return event.failedAt
    case "PaymentRefunded":
      return event.refundedAt
    case "PaymentAwaiting":
    case "FactsWithdrawn":
      return undefined
  }
}

function saidBy(event: PaymentEvent): string {
  switch (event._tag) {
    case "PaymentCreated":
      return event.orderReference === undefined ? "" : printable(`order ${event.orderReference.value}`)
    case "PaymentAwaiting":
      return event.deadline === undefined ? "" : `until ${event.deadline}`
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
      return `${event.refund._tag.toLowerCase()} ${formatMoney(event.refund)}`
    case "FactsWithdrawn":
      return `versions ${event.versions.join(", ")}: ${printable(event.reason)}`
  }
}
