import { Effect } from "effect"
import { sql } from "kysely"
import { Transaction } from "../postgres/Transaction.ts"
import type { LineOf } from "./LogFile.ts"

/** Where the payment's event before this one stands, null for none, and whether this very version stood before. */
interface Prior {
  readonly prior: number | null
  readonly isTaken: boolean
}

/** Looks for the versions before, among events stored earlier and in the batch itself: the database remembers, not the process. */
export const priorPositions = Effect.fnUntraced(function* (merchant: string, events: ReadonlyArray<LineOf<"Event">>) {
  const transaction = yield* Transaction
  const payments = events.flatMap(({ payment }) => [payment, payment])
  const versions = events.flatMap(({ version }) => [version - 1, version])
  const rows = yield* transaction.query("read prior versions", database =>
    database
      .selectFrom("event")
      .select(["payment_id", "version", "position"])
      .where("merchant", "=", merchant)
      .where(sql<boolean>`(payment_id, version) in (select * from unnest(${payments}::text[], ${versions}::int[]))`)
      .execute(),
  )
  const positions = new Map(rows.map(row => [keyOf(row.payment_id, row.version), row.position]))
  return events.map(({ payment, version, position }): Prior => {
    const key = keyOf(payment, version)
    const found = { prior: positions.get(keyOf(payment, version - 1)) ?? null, isTaken: positions.has(key) }
    positions.set(key, position)
    return found
  })
})

function keyOf(payment: string, version: number): string {
  return `${version} ${payment}`
}
