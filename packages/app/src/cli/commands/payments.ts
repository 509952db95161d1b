import { formatMoney, PAYMENT_STATUSES } from "@payfold/domain"
import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { Database } from "../../postgres/Database.ts"
import type { PaymentsTable } from "../../projection/payments.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { printJson, printLine, styled, styledStatus } from "../print.ts"
import { printable, table } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"

/** Rows read at a time: a view of millions is printed in constant memory. */
const PAGE_ROWS = 1000

export const paymentsCommand = Command.make(
  "payments",
  {
    status: Flag.Literals("status", PAYMENT_STATUSES).pipe(
      Flag.withDescription("Only payments that stand so"),
      Flag.optional,
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("payments")(function* ({ status, merchant, json }) {
    yield* withDatabase(
      Effect.gen(function* () {
        let after: string | undefined = ""
        let isEmpty = true
        while (after !== undefined) {
          const rows: ReadonlyArray<PaymentsTable> = yield* paymentRows(merchant, Option.getOrUndefined(status), after)
          if (json) for (const row of rows) printJson(row)
          else if (rows.length > 0) printLine(paymentsTable(rows))
          isEmpty &&= rows.length === 0
          after = rows.length < PAGE_ROWS ? undefined : rows.at(-1)?.payment_id
        }
        if (isEmpty && !json) printLine("No payments. Record a payload with: payfold ingest <provider> <file>")
      }),
    )
  }),
).pipe(
  Command.withDescription("List the payments as the read model shows them."),
  Command.withExamples([{ command: "payfold payments --status awaiting", description: "Who has not paid yet" }]),
)

/** A page of the view, in order of payment id. */
export const paymentRows = Effect.fnUntraced(function* (merchant: string, status: string | undefined, after: string) {
  const database = yield* Database
  return yield* database.read("read payments", kysely =>
    kysely
      .selectFrom("payments")
      .selectAll()
      .where("merchant", "=", merchant)
      .where("payment_id", ">", after)
      .$if(status !== undefined, query => query.where("status", "=", status ?? ""))
      .orderBy("payment_id")
      .limit(PAGE_ROWS)
      .execute(),
  )
})

/** Payments as a table for people; test money is marked, and never added to anything. */
export function paymentsTable(rows: ReadonlyArray<PaymentsTable>): string {
  return table(
    ["payment", "status", "requested", "received", "refunded", "method", "order", "deadline", "mode", "discrepancies"],
    rows.map(row => [
      row.payment_id,
      styledStatus(row.status),
      amount(row.requested_amount, row.requested_currency),
      amount(row.received_amount, row.received_currency),
      amount(row.refunded_amount, row.refunded_currency),
      printable(row.method_label ?? ""),
      printable(row.order_reference ?? ""),
      row.deadline ?? "",
      row.mode === "test" ? "test" : "",
      styled("yellow", row.discrepancies.map(discrepancy => discrepancy.code).join(" ")),
    ]),
  )
}

function amount(minorUnits: number | null, currency: string | null): string {
  return minorUnits === null || currency === null ? "" : formatMoney({ amount: minorUnits, currency })
}
