import { Effect } from "effect"
import { sql } from "kysely"
import { Database } from "../postgres/Database.ts"

/**
 * - `missing`: an event names a delivery that is not there.
 * - `provider`: an event names a delivery of another provider than its own.
 * - `body`: a body is not the one its hash was taken of.
 */
export interface DeliveryFault {
  readonly kind: "missing" | "provider" | "body"
  readonly deliveryId: number
  /** Of the event that names it; null for a body. */
  readonly position: number | null
}

/** Bodies hashed anew, deliveries whose body was pruned (their hash alone is left), and the first fault. */
export interface DeliveriesVerified {
  readonly bodies: number
  readonly pruned: number
  readonly fault: DeliveryFault | undefined
}

/** Positions, and delivery ids, looked at in one statement. Ranges, so that no statement reads more, whatever the planner knows. */
const RANGE_EVENTS = 10_000
const RANGE_DELIVERIES = 500

/** Checks that every delivery an event names is there, and that every body in the inbox is what its hash says. The database does the hashing. */
export const verifyDeliveries = Effect.fn("verifyDeliveries")(function* (
  merchant: string,
  upTo: number,
  onProgress: (done: number, total: number) => void = () => {},
) {
  for (let after = 0; after < upTo; after += RANGE_EVENTS) {
    const fault = yield* faultOfEvents(merchant, after, Math.min(upTo, after + RANGE_EVENTS))
    if (fault !== undefined) return { bodies: 0, pruned: 0, fault } satisfies DeliveriesVerified
  }
  const last = yield* lastDelivery(merchant)
  const counts = { bodies: 0, pruned: 0 }
  for (let after = 0; after < last; after += RANGE_DELIVERIES) {
    const range = yield* hashBodies(merchant, after, after + RANGE_DELIVERIES)
    counts.bodies += range.bodies
    counts.pruned += range.pruned
    if (range.wrong !== null) {
      const fault: DeliveryFault = { kind: "body", deliveryId: range.wrong, position: null }
      return { ...counts, fault } satisfies DeliveriesVerified
    }
    onProgress(Math.min(last, after + RANGE_DELIVERIES), last)
  }
  return { ...counts, fault: undefined } satisfies DeliveriesVerified
})

const faultOfEvents = Effect.fnUntraced(function* (merchant: string, after: number, upTo: number) {
  const database = yield* Database
  const row = yield* database.read("look up deliveries", kysely =>
    kysely
      .selectFrom("event")
      .leftJoin("delivery", join =>
        join.onRef("delivery.merchant", "=", "event.merchant").onRef("delivery.delivery_id", "=", "event.delivery_id"),
      )
      .select(["event.position", "event.delivery_id as deliveryId", "delivery.provider"])
      .where("event.merchant", "=", merchant)
      .where("event.position", ">", after)
      .where("event.position", "<=", upTo)
      .where("event.delivery_id", "is not", null)
      .where(({ eb, or, ref }) =>
        or([eb("delivery.provider", "is", null), eb("delivery.provider", "<>", ref("event.adapter"))]),
      )
      .orderBy("event.position")
      .limit(1)
      .executeTakeFirst(),
  )
  if (row === undefined || row.deliveryId === null) return undefined
  const kind = row.provider === null ? "missing" : "provider"
  return { kind, deliveryId: row.deliveryId, position: row.position } satisfies DeliveryFault
})

const lastDelivery = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const row = yield* database.read("read last delivery", kysely =>
    kysely
      .selectFrom("delivery")
      .select(({ fn }) => fn.max("delivery_id").as("last"))
      .where("merchant", "=", merchant)
      .executeTakeFirst(),
  )
  return row?.last ?? 0
})

interface HashedRange {
  readonly bodies: number
  readonly pruned: number
  readonly wrong: number | null
}

const hashBodies = Effect.fnUntraced(function* (merchant: string, after: number, upTo: number) {
  const database = yield* Database
  const { rows } = yield* database.read("hash bodies", kysely =>
    sql<HashedRange>`select count(body) as bodies, count(*) filter (where body is null) as pruned,
        min(delivery_id) filter (where sha256(body) <> body_hash) as wrong
      from payfold.delivery
      where merchant = ${merchant} and delivery_id > ${after} and delivery_id <= ${upTo}`.execute(kysely),
  )
  return rows[0] ?? { bodies: 0, pruned: 0, wrong: null }
})
