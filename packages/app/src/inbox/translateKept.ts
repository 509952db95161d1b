import { encodeEvent, type Part } from "@payfold/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"
import type { TranslatedDelivery } from "./decideDeliveries.ts"
import { markDeliveries, markOf } from "./markDeliveries.ts"
import { Providers, providerNamed } from "./Providers.ts"
import { translateDelivery } from "./translateDelivery.ts"
import { translateSettings } from "./translateSettings.ts"

/** Deliveries translated at a time. */
const BATCH_DELIVERIES = 200

/**
 * Translates every delivery whose body is still there, with today's adapters, into the scratch table, and returns the id of the last one. What waits
 * is the drainer's. With `mark`, deliveries that are now read otherwise than before are marked so.
 */
export const translateKept = Effect.fnUntraced(function* (
  merchant: string,
  mark: "mark" | "leave",
  onBatch: (deliveries: number) => void,
) {
  const database = yield* Database
  const providers = yield* Providers
  const settings = yield* translateSettings(database.query, merchant)
  yield* database.query("clear scratch", kysely =>
    kysely.deleteFrom("retranslation").where("merchant", "=", merchant).execute(),
  )
  let last = 0
  while (true) {
    const rows = yield* database.query("read kept deliveries", kysely =>
      kysely
        .selectFrom("delivery")
        .select(["delivery_id", "provider", "body", "state", "reason"])
        .where("merchant", "=", merchant)
        .where("delivery_id", ">", last)
        .where("state", "!=", "waiting")
        .where("body", "is not", null)
        .orderBy("delivery_id")
        .limit(BATCH_DELIVERIES)
        .execute(),
    )
    const changed: Array<TranslatedDelivery> = []
    const implied: Array<ScratchRow> = []
    for (const row of rows) {
      const provider = providerNamed(providers, row.provider)
      if (provider === undefined || row.body === null) continue
      const parts = translateDelivery(provider, row.body, settings)
      const { state, reason } = markOf(parts)
      if (state !== row.state || reason !== row.reason) changed.push({ deliveryId: row.delivery_id, parts })
      implied.push(...scratchRows(row.delivery_id, parts))
    }
    yield* database.query("write scratch", kysely => writeScratch(kysely, merchant, implied))
    if (mark === "mark" && changed.length > 0) yield* markDeliveries(database.query, merchant, changed)
    onBatch(rows.length)
    const end = rows.at(-1)?.delivery_id
    if (end === undefined) return last
    last = end
  }
})

interface ScratchRow {
  readonly payment: string
  readonly deliveryId: number
  readonly ordinal: number
  readonly data: string
}

function scratchRows(deliveryId: number, parts: ReadonlyArray<Part>): ReadonlyArray<ScratchRow> {
  const events = parts.flatMap(part =>
    part._tag === "Implied" ? part.events.map(event => ({ payment: part.payment, data: encodeEvent(event) })) : [],
  )
  return events.map((event, ordinal) => ({ ...event, deliveryId, ordinal }))
}

const writeScratch = (
  kysely: Parameters<Parameters<Database["Service"]["query"]>[1]>[0],
  merchant: string,
  rows: ReadonlyArray<ScratchRow>,
) =>
  sql`insert into payfold.retranslation
    select ${merchant}, payment_id, delivery_id, ordinal, data
    from unnest(${rows.map(row => row.payment)}::text[], ${rows.map(row => row.deliveryId)}::bigint[],
      ${rows.map(row => row.ordinal)}::int[], ${rows.map(row => row.data)}::text[]) as row(payment_id, delivery_id, ordinal, data)`.execute(
    kysely,
  )
