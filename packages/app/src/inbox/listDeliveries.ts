import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"

/** A delivery without its body, which may hold personal data. */
export interface ListedDelivery {
  readonly deliveryId: number
  readonly provider: string
  readonly receivedAt: string
  readonly timesReceived: number
  readonly bytes: number
  readonly verdict: string
  readonly state: string
  readonly reason: string | null
}

/** The next page of deliveries after an id, oldest first; empty at the end. */
export const listDeliveries = Effect.fnUntraced(function* (merchant: string, onlyQuarantined: boolean, after: number) {
  const database = yield* Database
  return yield* database.read("list deliveries", kysely =>
    kysely
      .selectFrom("delivery")
      .select(["delivery_id as deliveryId", "provider", "received_at as receivedAt", "times_received as timesReceived"])
      .select(["verdict", "state", "reason", sql<number>`octet_length(body)`.as("bytes")])
      .where("merchant", "=", merchant)
      .where("delivery_id", ">", after)
      .$if(onlyQuarantined, query => query.where("state", "=", "quarantined"))
      .orderBy("delivery_id")
      .limit(1000)
      .execute(),
  )
})
