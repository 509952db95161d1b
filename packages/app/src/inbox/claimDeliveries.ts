import { Effect } from "effect"
import type { Kysely } from "kysely"
import type { PayfoldSchema } from "../postgres/PayfoldSchema.ts"
import { Transaction } from "../postgres/Transaction.ts"
import type { TranslatedDelivery } from "./decideDeliveries.ts"
import { Providers, providerNamed } from "./Providers.ts"
import { translateDelivery } from "./translateDelivery.ts"

/**
 * The oldest deliveries that wait, translated; `undefined` while another process drains this merchant's inbox. The drainer's row, locked until
 * the transaction ends, makes one drainer a merchant.
 */
export const claimDeliveries = Effect.fnUntraced(function* (merchant: string, size: number) {
  const transaction = yield* Transaction
  const [drainer] = yield* transaction.query("take drainer", database =>
    database
      .selectFrom("drainer")
      .innerJoin("merchant", "merchant.merchant", "drainer.merchant")
      .select("reference_keys as referenceKeys")
      .where("drainer.merchant", "=", merchant)
      .forUpdate("drainer")
      .skipLocked()
      .execute(),
  )
  if (drainer === undefined) return undefined
  const providers = yield* Providers
  const rows = yield* transaction.query("claim deliveries", database =>
    waitingDeliveries(database, merchant)
      .select(["delivery_id", "provider", "body"])
      .orderBy("delivery_id")
      .limit(size)
      .execute(),
  )
  return rows.map((row): TranslatedDelivery => {
    const provider = providerNamed(providers, row.provider)
    if (provider === undefined) return unreadable(row.delivery_id, `no adapter is named ${row.provider}`)
    if (row.body === null) return unreadable(row.delivery_id, "its body was pruned")
    return { deliveryId: row.delivery_id, parts: translateDelivery(provider, row.body, drainer) }
  })
})

/** Deliveries that a drainer may claim: what nobody vouches for is kept and not among them. */
export function waitingDeliveries(database: Kysely<PayfoldSchema>, merchant: string) {
  return database
    .selectFrom("delivery")
    .where("merchant", "=", merchant)
    .where("state", "=", "waiting")
    .where("verdict", "!=", "unverified")
}

function unreadable(deliveryId: number, reason: string): TranslatedDelivery {
  return { deliveryId, parts: [{ _tag: "Unreadable", reason }] }
}
