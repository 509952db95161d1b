import { Effect } from "effect"
import { UnknownMerchant } from "../log/AppendError.ts"
import { Database } from "../postgres/Database.ts"
import { merchantQuery } from "../projection/builds.ts"

/** The settings of the merchant that `--merchant` names. */
export const merchantNamed = Effect.fnUntraced(function* (name: string) {
  const database = yield* Database
  const merchant = yield* database.read("read merchant", kysely => merchantQuery(kysely, name).executeTakeFirst())
  if (merchant !== undefined) return merchant
  return yield* new UnknownMerchant({ merchant: name })
})
