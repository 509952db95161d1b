import { Effect } from "effect"
import { MerchantRefused } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import { merchantQuery } from "../projection/builds.ts"

/** The settings of the merchant that `--merchant` names. */
export const merchantNamed = Effect.fnUntraced(function* (name: string) {
  const database = yield* Database
  const merchant = yield* database.read("read merchant", kysely => merchantQuery(kysely, name).executeTakeFirst())
  if (merchant !== undefined) return merchant
  return yield* new MerchantRefused({
    field: "merchant",
    expected: "one that `payfold merchant list` names",
    found: name,
  })
})
