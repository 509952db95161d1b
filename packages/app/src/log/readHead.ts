import { Effect } from "effect"
import type { Database } from "../postgres/Database.ts"
import { UnknownMerchant } from "./AppendError.ts"

/** Where a log ends. `chain` is hexadecimal: noted down elsewhere, it proves later that nothing up to here was changed or cut off. */
export interface LogHead {
  readonly position: number
  /** Null while the log is empty. */
  readonly recordedAt: string | null
  readonly chain: string
}

export const readHead = Effect.fn("EventLog.head")(function* (database: Database["Service"], merchant: string) {
  const [row] = yield* database.read("read head", db =>
    db.selectFrom("log_head").selectAll().where("merchant", "=", merchant).execute(),
  )
  if (row === undefined) return yield* new UnknownMerchant({ merchant })
  const head: LogHead = {
    position: row.head,
    recordedAt: row.recorded_at === "-infinity" ? null : row.recorded_at,
    chain: Buffer.from(row.chain).toString("hex"),
  }
  return head
})
