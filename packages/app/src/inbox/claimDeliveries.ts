import { DEFAULT_TRANSLATE_SETTINGS, type Part } from "@payfold/domain"
import { Effect } from "effect"
import { Transaction } from "../postgres/Transaction.ts"
import type { TranslatedDelivery } from "./decideDeliveries.ts"
import { providerNamed } from "./providers.ts"
import { translateDelivery } from "./translateDelivery.ts"

/**
 * The oldest deliveries that wait, translated; `undefined` while another process drains this merchant's inbox. The drainer's row, locked until
 * the transaction ends, makes one drainer a merchant. Deliveries that nobody vouches for are kept and not claimed.
 */
export const claimDeliveries = Effect.fnUntraced(function* (merchant: string, size: number) {
  const transaction = yield* Transaction
  const drainer = yield* transaction.query("take drainer", database =>
    database
      .selectFrom("drainer")
      .select("merchant")
      .where("merchant", "=", merchant)
      .forUpdate()
      .skipLocked()
      .execute(),
  )
  if (drainer.length === 0) return undefined
  const settings = yield* transaction.query("read settings", database =>
    database.selectFrom("merchant").select("reference_keys").where("merchant", "=", merchant).executeTakeFirst(),
  )
  const referenceKeys = settings?.reference_keys ?? DEFAULT_TRANSLATE_SETTINGS.referenceKeys
  const rows = yield* transaction.query("claim deliveries", database =>
    database
      .selectFrom("delivery")
      .select(["delivery_id", "provider", "body"])
      .where("merchant", "=", merchant)
      .where("state", "=", "waiting")
      .where("verdict", "!=", "unverified")
      .orderBy("delivery_id")
      .limit(size)
      .execute(),
  )
  return rows.map((row): TranslatedDelivery => {
    const provider = providerNamed(row.provider)
    const parts: ReadonlyArray<Part> =
      provider === undefined
        ? [{ _tag: "Unreadable", reason: `no adapter is named ${row.provider}` }]
        : translateDelivery(provider, row.body, { referenceKeys })
    return { deliveryId: row.delivery_id, parts }
  })
})
