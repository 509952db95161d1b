import { Clock, Effect, Option } from "effect"
import { merchantNamed } from "../merchantNamed.ts"
import { printJson, printNote } from "../print.ts"
import { printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { eachPaymentPage, type PaymentFilters } from "./paymentRows.ts"
import { PAYMENT_HEADINGS, paymentCells } from "./paymentsTable.ts"

interface Flags {
  readonly status: Option.Option<string>
  readonly provider: Option.Option<string>
  readonly method: Option.Option<string | null>
  readonly order: Option.Option<string>
  readonly olderThan: Option.Option<number>
  readonly newerThan: Option.Option<number>
  readonly due: Option.Option<number>
  readonly merchant: string
  readonly json: boolean
}

export const paymentsAction = Effect.fn("payments")(function* ({ merchant: name, json, ...flags }: Flags) {
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
})

function filtersOf(flags: Omit<Flags, "merchant" | "json">, nowMs: number): PaymentFilters {
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
