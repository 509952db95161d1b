import { Effect } from "effect"
import { sql } from "kysely"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"

/** All that a merchant has in the log, the inbox and the views, but for what may differ after a crash; `verified` says whether its log is sound. */
export interface CrashState {
  readonly verified: string
  /** Table by table, row by row, as text. */
  readonly tables: Readonly<Record<string, ReadonlyArray<string>>>
  /** By the hash of a body: how often it came in. */
  readonly timesReceived: Readonly<Record<string, number>>
}

/**
 * What may differ: instants of ours (when a row is null stays), positions and what follows from them (the chain and its links), and the numbers that
 * deliveries got, which are replaced by their order. The hash of a keyed request covers the merchant, of which each run has its own. How often a body came in is told apart: a sender who was not answered sends again.
 */
const columns = {
  delivery: `dense_rank() over (order by delivery_id), provider, encode(body, 'hex'), encode(body_hash, 'hex'), headers, verdict, state,
    reason, drained_at is null, pruned_at is null`,
  event: `payment_id, version, type, schema_version, adapter, adapter_version, correlation, data,
    (select count(*) from payfold.delivery as d where d.merchant = t.merchant and d.delivery_id <= t.delivery_id)`,
  log_head: "head",
  append_key: "key",
  drainer: "1",
  retranslation: `payment_id, ordinal, data,
    (select count(*) from payfold.delivery as d where d.merchant = t.merchant and d.delivery_id <= t.delivery_id)`,
  // Rows of the views, without the positions and the instants of ours; of the totals and counts a batch applied twice would show.
  payments:
    "payment_id, status, requested_amount, received_amount, refunded_amount, method, order_reference, discrepancies",
  daily_totals: "provider, method, currency, mode, received_count, received_amount, refunded_count, refunded_amount",
  orders: "order_reference, mode, attempts, open, paid, refunded, discrepancies",
  checkpoint: "build, position = (select head from payfold.log_head as h where h.merchant = t.merchant), settings",
} as const

export const crashState = Effect.gen(function* () {
  const database = yield* Database
  const log = yield* EventLog
  const tables: Record<string, ReadonlyArray<string>> = {}
  for (const [table, chosen] of Object.entries(columns)) {
    const { rows } = yield* database.query("read state", db =>
      sql<{ line: string }>`select row(${sql.raw(chosen)})::text as line from ${sql.raw(`payfold.${table}`)} as t
        where merchant = ${log.merchant} order by 1`.execute(db),
    )
    tables[table] = rows.map(row => row.line)
  }
  const { rows } = yield* database.query("read counts", db =>
    sql<{ hash: string; times: number }>`select encode(body_hash, 'hex') as hash, times_received as times
      from payfold.delivery where merchant = ${log.merchant} order by 1`.execute(db),
  )
  const verified = yield* log.verify()
  return {
    verified: verified._tag === "LogSound" ? "sound" : `${verified.kind} at ${verified.position}`,
    tables,
    timesReceived: Object.fromEntries(rows.map(row => [row.hash, row.times])),
  } satisfies CrashState
})
