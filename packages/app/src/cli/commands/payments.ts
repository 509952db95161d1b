import { PAYMENT_STATUSES } from "@payfold/domain"
import { Clock, Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { SHIPPED_PROVIDERS } from "../../inbox/Providers.ts"
import { durationFlag } from "../durationFlag.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { merchantNamed } from "../merchantNamed.ts"
import { methodFlag } from "../methodFlag.ts"
import { printJson, printNote } from "../print.ts"
import { printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { eachPaymentPage, type PaymentFilters } from "./paymentRows.ts"
import { PAYMENT_HEADINGS, paymentCells } from "./paymentsTable.ts"

export const paymentsCommand = Command.make(
  "payments",
  {
    status: Flag.Literals("status", PAYMENT_STATUSES).pipe(
      Flag.withDescription("Only payments that stand so"),
      Flag.optional,
    ),
    provider: Flag.Literals(
      "provider",
      SHIPPED_PROVIDERS.map(({ name }) => name),
    ).pipe(Flag.withDescription("Only payments made there"), Flag.optional),
    method: methodFlag,
    order: Flag.String("order").pipe(
      Flag.withDescription("Only payments for this order reference"),
      Flag.withMetavar("reference"),
      Flag.optional,
    ),
    olderThan: durationFlag(
      "older-than",
      "Created longer ago: 30m, 24h, 3d, 2w. Where no report tells, first heard of",
    ),
    newerThan: durationFlag("newer-than", "Created since then: 30m, 24h, 3d, 2w"),
    due: durationFlag(
      "due",
      "Waiting for the payer, with a deadline within this time or overdue, soonest first; 0h: overdue",
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("payments")(function* ({ merchant: name, json, ...flags }) {
    const nowMs = yield* Clock.currentTimeMillis
    const filters = filtersOf(flags, nowMs)
    let isEmpty = true
    yield* withDatabase(
      Effect.gen(function* () {
        const { timeZone } = yield* merchantNamed(name)
        yield* eachPaymentPage(name, filters, toIso(nowMs), rows => {
          isEmpty = false
          if (json) for (const row of rows) printJson(row)
          else
            printTable(
              PAYMENT_HEADINGS(timeZone),
              rows.map(row => paymentCells(row, timeZone)),
            )
        })
      }),
    )
    if (!isEmpty || json) return
    const isFiltered = Object.values(filters).some(value => value !== undefined)
    printNote(
      isFiltered ? "No payment is like that" : "No payments. Record a payload with: payfold ingest <provider> <file>",
    )
  }),
).pipe(
  Command.withDescription(
    "List the payments as the read model shows them. What its payer did not pay in time is marked overdue.",
  ),
  Command.withExamples([
    {
      command: "payfold payments --status awaiting --due 24h",
      description: "Who must pay by tomorrow, and who is late",
    },
    { command: "payfold payments --method konbini --older-than 3d --json", description: "For a script" },
  ]),
)

interface Flags {
  readonly status: Option.Option<string>
  readonly provider: Option.Option<string>
  readonly method: Option.Option<string | null>
  readonly order: Option.Option<string>
  readonly olderThan: Option.Option<number>
  readonly newerThan: Option.Option<number>
  readonly due: Option.Option<number>
}

function filtersOf(flags: Flags, nowMs: number): PaymentFilters {
  const instant = (flag: Option.Option<number>, sign: 1 | -1) =>
    Option.getOrUndefined(Option.map(flag, milliseconds => toIso(nowMs + sign * milliseconds)))
  return {
    status: Option.getOrUndefined(flags.status),
    provider: Option.getOrUndefined(flags.provider),
    method: Option.getOrUndefined(flags.method),
    order: Option.getOrUndefined(flags.order),
    createdUntil: instant(flags.olderThan, -1),
    createdFrom: instant(flags.newerThan, -1),
    deadlineUntil: instant(flags.due, 1),
  }
}

function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
