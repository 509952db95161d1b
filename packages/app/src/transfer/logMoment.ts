import { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../postgres/Database.ts"
import type { WrittenOf } from "./exportLog.ts"
import { LOG_FILE_FORMAT, LOG_FILE_VERSION } from "./LogFile.ts"

/** A log as it stood at one moment. */
export interface LogMoment {
  readonly merchant: string
  readonly head: { readonly position: number }
  readonly deliveries: number
  readonly lastDelivery: number
  /** Deliveries that waited, and those in quarantine, as `int8multirange`: runs of numbers, so that a long queue is a short text. */
  readonly waiting: string
  readonly quarantined: string
  /** The first line of its file. */
  readonly line: WrittenOf<"Log">
}

/** Reads it in one statement, which sees one moment; `undefined` where there is no such merchant. */
export const logMoment = Effect.fnUntraced(function* (database: Database["Service"], merchant: string) {
  const row = yield* database.read("read log moment", kysely =>
    kysely
      .selectFrom("merchant")
      .innerJoin("log_head", "log_head.merchant", "merchant.merchant")
      .innerJoinLateral(
        eb =>
          eb
            .selectFrom("delivery")
            .select(({ fn }) => [
              fn.countAll<number>().as("deliveries"),
              fn.coalesce(fn.max("delivery_id"), sql<number>`0`).as("last_delivery"),
              runsOf("waiting").as("waiting"),
              runsOf("quarantined").as("quarantined"),
            ])
            .whereRef("delivery.merchant", "=", "merchant.merchant")
            .as("inbox"),
        join => join.onTrue(),
      )
      .selectAll("inbox")
      .select(["time_zone", "reference_keys", "head", "recorded_at", "chain"])
      .where("merchant.merchant", "=", merchant)
      .executeTakeFirst(),
  )
  if (row === undefined) return undefined
  const head = {
    position: row.head,
    recordedAt: row.recorded_at === "-infinity" ? null : row.recorded_at,
    chain: Buffer.from(row.chain).toString("hex"),
  }
  const counts = { deliveries: row.deliveries, lastDelivery: row.last_delivery }
  const { waiting, quarantined } = row
  const line: WrittenOf<"Log"> = {
    _tag: "Log",
    format: LOG_FILE_FORMAT,
    version: LOG_FILE_VERSION,
    merchant,
    timeZone: row.time_zone,
    referenceKeys: row.reference_keys,
    head,
    ...counts,
  }
  return { merchant, head, ...counts, waiting, quarantined, line } satisfies LogMoment
})

const runsOf = (state: "waiting" | "quarantined") =>
  sql<string>`coalesce(range_agg(int8range(delivery_id, delivery_id, '[]')) filter (where state = ${sql.lit(state)}), '{}')::text`
