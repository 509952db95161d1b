import { paidEvent } from "@payfold/domain/testing"
import { Effect, Stream } from "effect"
import { DEMO_DELIVERIES } from "../../src/demo/deliveries.ts"
import { toNewEvent } from "../../src/inbox/drain.ts"
import { ingest } from "../../src/inbox/ingest.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { prune } from "../../src/inbox/prune.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { addMerchant } from "../../src/merchant/Merchant.ts"
import { Database } from "../../src/postgres/Database.ts"
import { Projections } from "../../src/projection/Projections.ts"
import { catchUpAll } from "../../src/projection/project.ts"
import { exportLog } from "../../src/transfer/exportLog.ts"
import { importLog } from "../../src/transfer/importLog.ts"
import { hostileBodies } from "../../testing/laws/hostileBodies.ts"
import { viewDump } from "../../testing/views/viewDump.ts"

export const SHOP = "shop"

/** A shop with all that a log can hold: many kinds of bodies, some pruned, repeated, in quarantine or waiting; keys; an event by hand. */
export const fillShop = Effect.gen(function* () {
  yield* addMerchant(SHOP, { timeZone: "Asia/Bangkok", referenceKeys: ["order_no", "order_id"] })
  for (const { provider, says, body } of DEMO_DELIVERIES.slice(0, 6)) {
    yield* ingest(SHOP, provider, [{ bytes: new TextEncoder().encode(body), source: says }])
  }
  yield* prune(SHOP, "2999-01-01T00:00:00Z")
  for (const { provider, says, body } of DEMO_DELIVERIES) {
    yield* ingest(SHOP, provider, [{ bytes: new TextEncoder().encode(body), source: says }])
  }
  yield* appendWithKey("ticket 4711")
  yield* appendWithKey("ticket Ä 4712")
  for (const [name, make] of Object.entries(hostileBodies)) {
    const headers = { "omise-signature": "abc", date: "today", name: encodeURI(name) }
    yield* keepDelivery(SHOP, { provider: "omise", body: make("x"), headers, verdict: "unverified" })
  }
  yield* catchUpAll(SHOP)
})

/** An event by hand, which no delivery taught. */
export const appendWithKey = (key: string) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const paid = { ...toNewEvent(paidEvent(), null), correlation: key }
    return yield* log.append({ key, payments: [{ payment: "omise:chrg_1", expected: "Any", events: [paid] }] })
  }).pipe(Effect.provide(EventLog.layer(SHOP)))

/** The file of a shop's log. */
export const exported = Effect.fnUntraced(function* (merchant: string = SHOP) {
  return yield* Stream.mkString(exportLog(merchant))
})

/** Imports a file that comes in pieces of any size. */
export const importText = (text: string | Uint8Array, options: Parameters<typeof importLog>[1] = {}) => {
  const bytes = Buffer.from(text)
  const chunks = async function* () {
    for (let start = 0; start < bytes.length; start += 7_001) yield bytes.subarray(start, start + 7_001)
  }
  return importLog(chunks(), options)
}

/** The canonical dump of all views. */
export const dumped = Effect.fnUntraced(function* (merchant: string = SHOP) {
  return yield* viewDump(merchant, yield* Projections)
})

/** Rows of ours in every table, but for those each migration makes. */
export const storedRows = Effect.gen(function* () {
  const database = yield* Database
  const counts: Record<string, number> = {}
  for (const table of ["merchant", "log_head", "drainer", "event", "delivery", "append_key", "checkpoint"] as const) {
    const [row] = yield* database.query("count", kysely =>
      kysely
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as("rows"))
        .where("merchant", "!=", "default")
        .execute(),
    )
    counts[table] = row?.rows ?? 0
  }
  return counts
})
