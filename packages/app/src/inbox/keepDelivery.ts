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

/**
 * Keeps a delivery's bytes for ever, before anything is made of them: when this succeeds they are durable. A body that came in before is
 * counted, not kept twice; the better verdict wins, and one that had none is drained now.
 */
export const keepDelivery = Effect.fn("keepDelivery")(function* (merchant: string, delivery: NewDelivery) {
  const database = yield* Database
  const { provider, body, headers, verdict } = delivery
  const hash = createHash("sha256").update(body).digest()
  const statement = CompiledQuery.raw(keeping, [merchant, provider, body, hash, JSON.stringify(headers), verdict])
  const { rows } = yield* database.query("keep delivery", kysely => kysely.executeQuery<KeptRow>(statement))
  const [row] = rows
  if (row === undefined) return yield* Effect.die(new Error("keep delivery: the database answered without a row"))
  return { deliveryId: row.delivery_id, timesReceived: row.times_received } satisfies KeptDelivery
})

interface KeptRow {
  readonly delivery_id: number
  readonly times_received: number
}

/** Verified before operator before unverified. */
const rank = (verdict: string) => `array_position(array['unverified', 'operator', 'verified'], ${verdict})`

const keeping = hotStatement(
  "keep delivery",
  `insert into payfold.delivery (merchant, provider, body, body_hash, headers, verdict) values ($1, $2, $3, $4, $5, $6)
  on conflict on constraint delivery_body do update set
    times_received = delivery.times_received + 1,
    last_received_at = date_trunc('milliseconds', now()),
    verdict = case when ${rank("excluded.verdict")} > ${rank("delivery.verdict")} then excluded.verdict
      else delivery.verdict end
  returning delivery_id, times_received`,
)
