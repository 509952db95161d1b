import { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../postgres/Database.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { UnknownMerchant } from "./AppendError.ts"
import type { StoredEvent } from "./EncodedEvent.ts"
import type { LogFault, LogSound } from "./LogFault.ts"
import { LogWalk, type WalkedEvent } from "./LogWalk.ts"
import { readHead } from "./readHead.ts"
import { defaultBatchSize } from "./readLog.ts"
import { storedEventColumns, storedEventFromRow } from "./storedEventFromRow.ts"

export interface VerifyOptions {
  /** A chain value noted down earlier (hexadecimal). The log must have had it; only this finds a tail cut off with all its traces. */
  readonly expectedHead?: string
  /** Asked about every event that the chain vouches for: a fault ends the walk. */
  readonly check?: (event: StoredEvent) => LogFault | undefined
  /** Told after every batch. */
  readonly onProgress?: (position: number, head: number) => Effect.Effect<void>
}

/**
 * Reads the whole log up to its present head and checks it against its hash chain; says what it covers, or the first fault.
 *
 * In batches and outside any transaction, so a long log neither fills the memory nor holds back the database. Events appended meanwhile
 * are not looked at.
 */
export const verifyLog = Effect.fn("EventLog.verify")(function* (
  database: Database["Service"],
  merchant: string,
  options: VerifyOptions = {},
): Effect.fn.Return<LogSound | LogFault, UnknownMerchant | DatabaseFailure> {
  const head = yield* readHead(database, merchant)
  const walk = new LogWalk(merchant, options.expectedHead)
  for (;;) {
    const batch = yield* nextForWalk(database, merchant, walk.position, head.position)
    if (batch.length === 0) return walk.finish(head)
    for (const event of batch) {
      const fault = walk.step(event) ?? options.check?.(event)
      if (fault !== undefined) return fault
    }
    yield* options.onProgress?.(walk.position, head.position) ?? Effect.void
  }
})

/** The next events, also behind a gap wider than a batch. */
const nextForWalk = Effect.fnUntraced(function* (
  database: Database["Service"],
  merchant: string,
  after: number,
  upTo: number,
) {
  const batch = yield* readForWalk(database, merchant, after, upTo)
  if (batch.length > 0 || after >= upTo) return batch
  const next = yield* database.read("look behind a gap", db =>
    db
      .selectFrom("event")
      .select(({ fn }) => fn.min("position").as("position"))
      .where("merchant", "=", merchant)
      .where("position", ">", after)
      .where("position", "<=", upTo)
      .executeTakeFirst(),
  )
  const position = next?.position ?? null
  return position === null ? batch : yield* readForWalk(database, merchant, position - 1, upTo)
})

const readForWalk = Effect.fnUntraced(function* (
  database: Database["Service"],
  merchant: string,
  after: number,
  upTo: number,
) {
  const rows = yield* database.read("verify log", db =>
    db
      .selectFrom(
        db
          .selectFrom("event")
          .select([...storedEventColumns, "merchant", "link"])
          .select(sql<number>`sum(octet_length(data)) over (order by position) - octet_length(data)`.as("bytes_before"))
          .where("merchant", "=", merchant)
          .where("position", ">", after)
          .where("position", "<=", Math.min(upTo, after + defaultBatchSize.events))
          .as("batch"),
      )
      .leftJoin("event as prior", join =>
        join
          .onRef("prior.merchant", "=", "batch.merchant")
          .onRef("prior.payment_id", "=", "batch.payment_id")
          .on(sql<boolean>`prior.version = batch.version - 1`),
      )
      .select(storedEventColumns.map(column => `batch.${column}` as const))
      .select(["batch.link", "prior.position as prior_position"])
      .select(sql<Uint8Array>`timestamptz_send(batch.recorded_at)`.as("instant"))
      .where(({ eb, or }) => or([eb("bytes_before", "=", 0), eb("bytes_before", "<", defaultBatchSize.bytes)]))
      .orderBy("batch.position")
      .execute(),
  )
  return rows.map(
    (row): WalkedEvent => ({
      ...storedEventFromRow(row),
      link: row.link,
      instant: row.instant,
      priorPosition: row.prior_position,
    }),
  )
})
