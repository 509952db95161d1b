import { Effect } from "effect"
import { readHead } from "../log/readHead.ts"
import { Database } from "../postgres/Database.ts"
import { catchUpAll } from "../projection/project.ts"
import { drain } from "./drain.ts"
import { keepDelivery } from "./keepDelivery.ts"

/** A body that an operator hands in, and where it came from. */
export interface OperatorBody {
  readonly bytes: Uint8Array
  readonly source: string
}

/** What became of one body: what this very delivery taught, nothing where it was known before. */
export interface Ingested {
  readonly source: string
  readonly deliveryId: number
  readonly timesReceived: number
  readonly state: string
  readonly reason: string | null
  readonly events: ReadonlyArray<{
    readonly payment: string
    readonly type: string
    readonly position: number
    readonly deliveryId: number | null
  }>
}

/**
 * Stores bodies as received ones (verdict: operator), records what is news, and returns when the views show it, all but those that must be
 * rebuilt first. A body that was recorded before is counted and teaches nothing; one that was kept by a run which died before it was recorded is
 * recorded now.
 */
export const ingest = Effect.fn("ingest")(function* (
  merchant: string,
  provider: string,
  bodies: ReadonlyArray<OperatorBody>,
) {
  const database = yield* Database
  const { position: before } = yield* readHead(database, merchant)
  const received = yield* Effect.forEach(bodies, ({ bytes, source }) =>
    Effect.map(keepDelivery(merchant, { provider, body: bytes, headers: {}, verdict: "operator" }), delivery => ({
      source,
      ...delivery,
    })),
  )
  yield* untilDone(drain(merchant))
  yield* untilDone(catchUpAll(merchant)).pipe(Effect.catchTag("RebuildNeeded", () => Effect.void))
  const ids = received.map(delivery => delivery.deliveryId)
  const states = yield* statesOf(merchant, ids)
  const events = yield* eventsTaughtBy(merchant, ids, before)
  const seen = new Set<number>()
  return received.map((delivery): Ingested => {
    const isFirst = !seen.has(delivery.deliveryId)
    seen.add(delivery.deliveryId)
    const { state, reason } = states.get(delivery.deliveryId) ?? { state: "waiting", reason: null }
    return { ...delivery, state, reason, events: isFirst ? (events.get(delivery.deliveryId) ?? []) : [] }
  })
})

/** While another process does the same work, waits for it to be done: its rows are locked until then. */
const untilDone = <A extends { readonly _tag: string }, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.repeat(work, {
    while: ({ _tag }) => (_tag === "Busy" ? Effect.as(Effect.sleep("50 millis"), true) : Effect.succeed(false)),
  })

const statesOf = Effect.fnUntraced(function* (merchant: string, ids: ReadonlyArray<number>) {
  const database = yield* Database
  const rows = yield* database.query("read deliveries", kysely =>
    kysely
      .selectFrom("delivery")
      .select(["delivery_id", "state", "reason"])
      .where("merchant", "=", merchant)
      .where("delivery_id", "in", ids)
      .execute(),
  )
  return new Map(rows.map(row => [row.delivery_id, row]))
})

const eventsTaughtBy = Effect.fnUntraced(function* (merchant: string, ids: ReadonlyArray<number>, after: number) {
  const database = yield* Database
  const rows = yield* database.query("read events of deliveries", kysely =>
    kysely
      .selectFrom("event")
      .select(["delivery_id", "payment_id", "type", "position"])
      .where("merchant", "=", merchant)
      .where("position", ">", after)
      .where("delivery_id", "in", ids)
      .orderBy("position")
      .execute(),
  )
  const events = rows.map(row => ({
    payment: row.payment_id,
    type: row.type,
    position: row.position,
    deliveryId: row.delivery_id,
  }))
  return Map.groupBy(events, event => event.deliveryId)
})
