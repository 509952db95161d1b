import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"

/** How a delivery came in; its body may hold personal data and is not read. */
export interface DeliveryEnvelope {
  readonly deliveryId: number
  readonly provider: string
  readonly receivedAt: string
  readonly timesReceived: number
  readonly verdict: string
}

/** The deliveries with these numbers, by number; one that is not there is left out. */
export const deliveriesNumbered = Effect.fnUntraced(function* (merchant: string, numbers: ReadonlyArray<number>) {
  const database = yield* Database
  const rows = yield* database.read("read deliveries", kysely =>
    kysely
      .selectFrom("delivery")
      .select(["delivery_id as deliveryId", "provider", "received_at as receivedAt", "times_received as timesReceived"])
      .select("verdict")
      .where("merchant", "=", merchant)
      .where("delivery_id", "=", sql<number>`any(${numbers}::bigint[])`)
      .execute(),
  )
  return new Map(rows.map((row): [number, DeliveryEnvelope] => [row.deliveryId, row]))
})
