import { Effect } from "effect"
import { type Selectable, sql } from "kysely"
import { storedEventColumns, storedEventFromRow } from "../log/storedEventFromRow.ts"
import type { Database } from "../postgres/Database.ts"
import type { DeliveryTable } from "../postgres/PayfoldSchema.ts"
import { bodyText } from "./bodyText.ts"
import type { ExportPage, WrittenOf } from "./exportLog.ts"
import type { LogMoment } from "./logMoment.ts"

/** What one page may hold; the first row is always in it, however large. */
const PAGE = { rows: 1_000, bytes: 4 * 1024 * 1024 } as const

/** The events after a position, up to the head of the moment. */
export const eventsFrom = Effect.fnUntraced(function* (
  database: Database["Service"],
  { merchant, head }: LogMoment,
  after: number,
) {
  const rows = yield* database.read("export events", kysely =>
    kysely
      .selectFrom(
        kysely
          .selectFrom("event")
          .select([...storedEventColumns, "link"])
          .select(sql<number>`sum(octet_length(data)) over (order by position) - octet_length(data)`.as("bytes_before"))
          .where("merchant", "=", merchant)
          .where("position", ">", after)
          // A range and not a limit: positions are gapless, and a log that was never analysed is sorted whole for a limit.
          .where("position", "<=", Math.min(head.position, after + PAGE.rows))
          .as("page"),
      )
      .select([...storedEventColumns, "link"])
      .where(({ eb, or }) => or([eb("bytes_before", "=", 0), eb("bytes_before", "<", PAGE.bytes)]))
      .orderBy("position")
      .execute(),
  )
  const lines = rows.map(
    (row): WrittenOf<"Event"> => ({ _tag: "Event", ...storedEventFromRow(row), link: hexOrNull(row.link) }),
  )
  return { lines, last: rows.at(-1)?.position } satisfies ExportPage<number, "Event">
})

/** The deliveries after a number, up to the last one of the moment. */
export const deliveriesFrom = Effect.fnUntraced(function* (
  database: Database["Service"],
  { merchant, lastDelivery, waiting, quarantined }: LogMoment,
  after: number,
) {
  const rows = yield* database.read("export deliveries", kysely =>
    kysely
      .selectFrom(
        kysely
          .selectFrom("delivery")
          .selectAll()
          .select(
            sql<number>`coalesce(sum(octet_length(body)) over (order by delivery_id), 0) - coalesce(octet_length(body), 0)`.as(
              "bytes_before",
            ),
          )
          .select(
            // Drained since then, or taken out of quarantine: what it taught lies behind the head.
            sql<boolean>`case when state = 'quarantined' then delivery_id <@ ${waiting}::int8multirange
              else delivery_id <@ (${waiting}::int8multirange + ${quarantined}::int8multirange) end`.as("taken_up"),
          )
          .where("merchant", "=", merchant)
          .where("delivery_id", ">", after)
          .where("delivery_id", "<=", lastDelivery)
          .orderBy("delivery_id")
          .limit(PAGE.rows)
          .as("page"),
      )
      .selectAll()
      .where(({ eb, or }) => or([eb("bytes_before", "=", 0), eb("bytes_before", "<", PAGE.bytes)]))
      .orderBy("delivery_id")
      .execute(),
  )
  const lines = rows.map(row => deliveryLine(row, row.taken_up && row.state !== "waiting"))
  return { lines, last: rows.at(-1)?.delivery_id } satisfies ExportPage<number, "Delivery">
})

/** The append keys after one, by name, whose events are in the file. */
export const keysFrom = Effect.fnUntraced(function* (
  database: Database["Service"],
  { merchant, head }: LogMoment,
  after: string,
) {
  const rows = yield* database.read("export append keys", kysely =>
    kysely
      .selectFrom("append_key")
      .selectAll()
      .where("merchant", "=", merchant)
      .where(BYTE_ORDER, ">", after)
      .where("last_position", "<=", head.position)
      .orderBy(BYTE_ORDER)
      .limit(PAGE.rows)
      .execute(),
  )
  const lines = rows.map(
    (row): WrittenOf<"AppendKey"> => ({
      _tag: "AppendKey",
      key: row.key,
      requestHash: hex(row.request_hash),
      firstPosition: row.first_position,
      lastPosition: row.last_position,
    }),
  )
  return { lines, last: rows.at(-1)?.key } satisfies ExportPage<string>
})

/** Databases sort texts by rules of their own; the same log must give the same file everywhere. */
const BYTE_ORDER = sql<string>`key collate "C"`

function deliveryLine(row: Selectable<DeliveryTable>, isTakenUp: boolean): WrittenOf<"Delivery"> {
  return {
    _tag: "Delivery",
    deliveryId: row.delivery_id,
    provider: row.provider,
    receivedAt: row.received_at,
    lastReceivedAt: row.last_received_at,
    timesReceived: row.times_received,
    verdict: row.verdict,
    ...(isTakenUp
      ? { state: "waiting", reason: null, drainedAt: null }
      : { state: row.state, reason: row.reason, drainedAt: row.drained_at }),
    prunedAt: row.pruned_at,
    headers: Object.fromEntries(Object.entries(row.headers).sort(([one], [other]) => (one < other ? -1 : 1))),
    bodyHash: hex(row.body_hash),
    body: row.body === null ? null : bodyText(row.body),
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const hexOrNull = (bytes: Uint8Array | null): string | null => (bytes === null ? null : hex(bytes))
