import { formatMoney } from "@payfold/domain"
import { deadlineCell } from "../localTime.ts"
import { styled, styledStatus } from "../print.ts"
import { type Heading, printable } from "../table.ts"
import type { ListedPayment } from "./paymentRows.ts"

/** The columns of payments for people; instants are on the clocks of the merchant's time zone. */
export const PAYMENT_HEADINGS = (timeZone: string): ReadonlyArray<Heading> => [
  ...["payment", "status"],
  ...[{ right: "requested" }, { right: "received" }, { right: "refunded" }],
  ...["method", "order", `deadline (${timeZone})`, "", "mode", "discrepancies"],
]

/** A payment as cells under `PAYMENT_HEADINGS`; test money is marked, and never added to anything. */
export function paymentCells(row: ListedPayment, timeZone: string): ReadonlyArray<string> {
  return [
    printable(row.payment_id),
    styledStatus(row.status),
    amount(row.requested_amount, row.requested_currency),
    amount(row.received_amount, row.received_currency),
    amount(row.refunded_amount, row.refunded_currency),
    printable(row.method_label ?? ""),
    printable(row.order_reference ?? ""),
    row.deadline === null ? "" : deadlineCell(timeZone, row.deadline),
    row.overdue ? styled("red", "overdue") : "",
    row.mode === "test" ? "test" : "",
    styled("yellow", row.discrepancies.map(discrepancy => discrepancy.code).join(" ")),
  ]
}

function amount(minorUnits: number | null, currency: string | null): string {
  return minorUnits === null || currency === null ? "" : formatMoney({ amount: minorUnits, currency })
}
