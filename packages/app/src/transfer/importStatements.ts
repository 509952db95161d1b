import { Effect } from "effect"
import { sql } from "kysely"
import { Transaction } from "../postgres/Transaction.ts"
import { bodyBytes } from "./bodyText.ts"
import type { LineOf } from "./LogFile.ts"

/** Inserts events as they were; each statement one round trip. */
export const insertEvents = Effect.fnUntraced(function* (merchant: string, events: ReadonlyArray<LineOf<"Event">>) {
  const transaction = yield* Transaction
  yield* transaction.query("import events", database =>
    sql`insert into payfold.event (merchant, position, payment_id, version, type, schema_version, adapter, adapter_version,
        delivery_id, correlation, data, recorded_at, link)
      select ${merchant}, position, payment_id, version, type, schema_version, adapter, adapter_version, delivery_id, correlation, data,
        recorded_at, decode(link, 'hex')
      from unnest(${events.map(event => event.position)}::bigint[], ${events.map(event => event.payment)}::text[],
        ${events.map(event => event.version)}::int[], ${events.map(event => event.type)}::text[],
        ${events.map(event => event.schemaVersion)}::int[], ${events.map(event => event.adapter)}::text[],
        ${events.map(event => event.adapterVersion)}::int[], ${events.map(event => event.deliveryId)}::bigint[],
        ${events.map(event => event.correlation)}::text[], ${events.map(event => event.data)}::text[],
        ${events.map(event => event.recordedAt)}::timestamptz[], ${events.map(event => event.link)}::text[])
      as line(position, payment_id, version, type, schema_version, adapter, adapter_version, delivery_id, correlation, data,
        recorded_at, link)`.execute(database),
  )
})

/** Inserts deliveries with their numbers, and says which were: not those whose body, of the same provider, stood before. */
export const insertDeliveries = Effect.fnUntraced(function* (
  merchant: string,
  lines: ReadonlyArray<LineOf<"Delivery">>,
) {
  const transaction = yield* Transaction
  const bodies = lines.map(({ body }) => (body === null ? null : Buffer.from(bodyBytes(body)).toString("base64")))
  const { rows } = yield* transaction.query("import deliveries", database =>
    sql<{
      delivery_id: number
    }>`insert into payfold.delivery (merchant, delivery_id, provider, received_at, last_received_at,
        times_received, verdict, state, reason, drained_at, pruned_at, headers, body_hash, body)
      overriding system value
      select ${merchant}, delivery_id, provider, received_at, last_received_at, times_received, verdict, state, reason, drained_at,
        pruned_at, headers, decode(body_hash, 'hex'), decode(body, 'base64')
      from unnest(${lines.map(line => line.deliveryId)}::bigint[], ${lines.map(line => line.provider)}::text[],
        ${lines.map(line => line.receivedAt)}::timestamptz[], ${lines.map(line => line.lastReceivedAt)}::timestamptz[],
        ${lines.map(line => line.timesReceived)}::int[], ${lines.map(line => line.verdict)}::text[],
        ${lines.map(line => line.state)}::text[], ${lines.map(line => line.reason)}::text[],
        ${lines.map(line => line.drainedAt)}::timestamptz[], ${lines.map(line => line.prunedAt)}::timestamptz[],
        ${lines.map(line => JSON.stringify(line.headers))}::text[]::jsonb[], ${lines.map(line => line.bodyHash)}::text[],
        ${bodies}::text[])
      as line(delivery_id, provider, received_at, last_received_at, times_received, verdict, state, reason, drained_at, pruned_at,
        headers, body_hash, body)
      on conflict do nothing returning delivery_id`.execute(database),
  )
  return new Set(rows.map(row => row.delivery_id))
})

/** Inserts append keys, and says which were: not those that stood before. */
export const insertKeys = Effect.fnUntraced(function* (merchant: string, lines: ReadonlyArray<LineOf<"AppendKey">>) {
  const transaction = yield* Transaction
  const { rows } = yield* transaction.query("import append keys", database =>
    sql<{ key: string }>`insert into payfold.append_key (merchant, key, request_hash, first_position, last_position)
      select ${merchant}, key, decode(request_hash, 'hex'), first_position, last_position
      from unnest(${lines.map(line => line.key)}::text[], ${lines.map(line => line.requestHash)}::text[],
        ${lines.map(line => line.firstPosition)}::bigint[], ${lines.map(line => line.lastPosition)}::bigint[])
      as line(key, request_hash, first_position, last_position)
      on conflict do nothing returning key`.execute(database),
  )
  return new Set(rows.map(row => row.key))
})

/** The first event that names a delivery which is not there. */
export const undeliveredEvent = Effect.fnUntraced(function* (merchant: string) {
  const transaction = yield* Transaction
  return yield* transaction.query("find undelivered event", database =>
    database
      .selectFrom("event")
      .leftJoin("delivery", join =>
        join.onRef("delivery.merchant", "=", "event.merchant").onRef("delivery.delivery_id", "=", "event.delivery_id"),
      )
      .select(["event.position", "event.delivery_id as deliveryId"])
      .where("event.merchant", "=", merchant)
      .where("event.delivery_id", "is not", null)
      .where("delivery.delivery_id", "is", null)
      .orderBy("event.position")
      .limit(1)
      .executeTakeFirst(),
  )
})

/** Puts the counter where the file's log ends. Reactions begin there too: what a file tells happened long ago. */
export const endImport = Effect.fnUntraced(function* ({ merchant, head }: LineOf<"Log">) {
  const transaction = yield* Transaction
  yield* transaction.query("move log head", database =>
    database
      .updateTable("log_head")
      .set({
        head: head.position,
        chain: Buffer.from(head.chain, "hex"),
        ...(head.recordedAt === null ? {} : { recorded_at: head.recordedAt }),
      })
      .where("merchant", "=", merchant)
      .execute(),
  )
  yield* transaction.query("move reactions", database =>
    database
      .updateTable("reaction_checkpoint")
      .set({ position: head.position })
      .where("merchant", "=", merchant)
      .execute(),
  )
  yield* transaction.wakeAfterCommit(merchant)
})
