import { Effect } from "effect"
import type { Database } from "../postgres/Database.ts"
import { storedEventColumns, storedEventFromRow } from "./storedEventFromRow.ts"

/** The events of one payment in version order; none for a payment nobody wrote. Reads in the running transaction if there is one. */
export const readPayment = Effect.fn("EventLog.readPayment")(function* (
  database: Database["Service"],
  merchant: string,
  payment: string,
) {
  const rows = yield* database.read("read payment", db =>
    db
      .selectFrom("event")
      .select(storedEventColumns)
      .where("merchant", "=", merchant)
      .where("payment_id", "=", payment)
      .orderBy("version")
      .execute(),
  )
  return rows.map(storedEventFromRow)
})
