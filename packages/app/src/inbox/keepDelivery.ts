import { createHash } from "node:crypto"
import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"

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
  const rows = yield* database.query("keep delivery", kysely =>
    kysely
      .insertInto("delivery")
      .values({
        merchant,
        provider: delivery.provider,
        body: delivery.body,
        body_hash: createHash("sha256").update(delivery.body).digest(),
        headers: JSON.stringify(delivery.headers),
        verdict: delivery.verdict,
      })
      .onConflict(conflict =>
        conflict.constraint("delivery_body").doUpdateSet({
          times_received: sql`delivery.times_received + 1`,
          last_received_at: sql`date_trunc('milliseconds', now())`,
          verdict: sql`case when ${BETTER} then excluded.verdict else delivery.verdict end`,
        }),
      )
      .returning(["delivery_id", "times_received"])
      .execute(),
  )
  const [row] = rows
  if (row === undefined) return yield* Effect.die(new Error("keep delivery: the database answered without a row"))
  return { deliveryId: row.delivery_id, timesReceived: row.times_received } satisfies KeptDelivery
})

/** Verified before operator before unverified. */
const BETTER = sql`array_position(array['unverified','operator','verified'], excluded.verdict)
  > array_position(array['unverified','operator','verified'], delivery.verdict)`
