import { createHash } from "node:crypto"
import { Effect } from "effect"
import { CompiledQuery } from "kysely"
import { Database } from "../postgres/Database.ts"
import { hotStatement } from "../postgres/hotStatement.ts"

/** How far a delivery can be trusted: checked against the provider's secret, handed in by an operator, or neither. */
export type DeliveryVerdict = "verified" | "operator" | "unverified"

export interface NewDelivery {
  readonly provider: string
  readonly body: Uint8Array
  /** Chosen headers only: none that hold secrets. */
  readonly headers: Readonly<Record<string, string>>
  readonly verdict: DeliveryVerdict
}

export interface KeptDelivery {
  readonly deliveryId: number
  /** How often this very body has come in from this provider. */
  readonly timesReceived: number
}

/** A delivery and what tells it from every other. */
export interface HashedDelivery extends NewDelivery {
  readonly hash: Buffer
  /** Equal where the provider and the body are. */
  readonly key: string
}

export function hashed(delivery: NewDelivery): HashedDelivery {
  const hash = createHash("sha256").update(delivery.body).digest()
  return { ...delivery, hash, key: keyOf(delivery.provider, hash) }
}

function keyOf(provider: string, hash: Uint8Array): string {
  return `${provider} ${Buffer.from(hash).toString("hex")}`
}

/** Keeps one delivery, as `keepDeliveries` does. */
export const keepDelivery = Effect.fn("keepDelivery")(function* (merchant: string, delivery: NewDelivery) {
  const [kept] = yield* keepDeliveries(merchant, [hashed(delivery)])
  return kept ?? (yield* unanswered)
})

/**
 * Keeps the bytes of deliveries for ever, before anything is made of them: when this succeeds they are durable. A body that came in before is
 * counted, not kept twice; the better verdict wins, and one that had none is drained now. No two of them may have one key. The answers are in the
 * order of the deliveries.
 */
export const keepDeliveries = Effect.fnUntraced(function* (
  merchant: string,
  deliveries: ReadonlyArray<HashedDelivery>,
) {
  const database = yield* Database
  // Two statements that lock rows in the same order do not wait for each other in a circle.
  const parameters = deliveries
    .toSorted((one, other) => Buffer.compare(one.hash, other.hash))
    .flatMap(({ provider, body, hash, headers, verdict }) => [provider, body, hash, JSON.stringify(headers), verdict])
  const statement = CompiledQuery.raw(keeping(deliveries.length), [merchant, ...parameters])
  const { rows } = yield* database.query("keep deliveries", kysely => kysely.executeQuery<KeptRow>(statement))
  const kept = new Map(rows.map(row => [keyOf(row.provider, row.body_hash), row]))
  return yield* Effect.forEach(deliveries, ({ key }) => {
    const row = kept.get(key)
    return row === undefined
      ? unanswered
      : Effect.succeed({ deliveryId: row.delivery_id, timesReceived: row.times_received } satisfies KeptDelivery)
  })
})

const unanswered = Effect.die(new Error("keep deliveries: the database answered without a row"))

interface KeptRow {
  readonly provider: string
  readonly body_hash: Uint8Array
  readonly delivery_id: number
  readonly times_received: number
}

/** Verified before operator before unverified. */
const rank = (verdict: string) => `array_position(array['unverified', 'operator', 'verified'], ${verdict})`

/** So many rows of five parameters each, after the merchant. */
const keeping = (count: number) => {
  const rows = Array.from({ length: count }, (_, row) => {
    const [provider, body, hash, headers, verdict] = [2, 3, 4, 5, 6].map(column => `$${column + 5 * row}`)
    return `($1, ${provider}, ${body}, ${hash}, ${headers}, ${verdict})`
  })
  return hotStatement(
    "keep deliveries",
    `insert into payfold.delivery (merchant, provider, body, body_hash, headers, verdict) values ${rows.join(", ")}
    on conflict on constraint delivery_body do update set
      times_received = delivery.times_received + 1,
      last_received_at = date_trunc('milliseconds', now()),
      verdict = case when ${rank("excluded.verdict")} > ${rank("delivery.verdict")} then excluded.verdict
        else delivery.verdict end
    returning provider, body_hash, delivery_id, times_received`,
  )
}
