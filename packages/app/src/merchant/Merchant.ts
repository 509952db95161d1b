import { Effect, Schema } from "effect"
import { Database } from "../postgres/Database.ts"
import { Transaction } from "../postgres/Transaction.ts"

/** One merchant is one log. `timeZone` says where a day begins; `referenceKeys` are metadata keys that may hold the order reference. */
export interface Merchant {
  readonly merchant: string
  readonly timeZone: string
  readonly referenceKeys: ReadonlyArray<string>
}

/** Settings that cannot be: the field, what was expected and what was found. */
export class MerchantRefused extends Schema.TaggedError<MerchantRefused>()("MerchantRefused", {
  field: Schema.String,
  expected: Schema.String,
  found: Schema.String,
}) {
  override get message(): string {
    return `${this.field}: expected ${this.expected}, found ${JSON.stringify(this.found)}`
  }

  get advice(): string {
    return "Nothing was changed."
  }
}

/** All merchants, by name. */
export const listMerchants = Effect.fn("listMerchants")(function* () {
  const database = yield* Database
  return yield* database.query("list merchants", kysely =>
    kysely
      .selectFrom("merchant")
      .select(["merchant", "time_zone as timeZone", "reference_keys as referenceKeys"])
      .orderBy("merchant")
      .execute(),
  )
})

/** Creates a merchant with an empty log and inbox. Refused where it exists. */
export const addMerchant = Effect.fn("addMerchant")(function* (
  merchant: string,
  settings: Partial<Omit<Merchant, "merchant">>,
) {
  const database = yield* Database
  const isNew = yield* database.transaction(insertMerchant(merchant, settings))
  if (!isNew)
    return yield* new MerchantRefused({ field: "merchant", expected: "a name that is not taken", found: merchant })
})

/** Changes a merchant's settings; what is not named stays. Deliveries translated from now on use them; `retranslate` applies them to earlier ones. */
export const setMerchant = Effect.fn("setMerchant")(function* (
  merchant: string,
  settings: Partial<Omit<Merchant, "merchant">>,
) {
  yield* checkSettings(settings)
  const { timeZone, referenceKeys } = settings
  const database = yield* Database
  const { numUpdatedRows } = yield* database.query("set merchant", kysely =>
    kysely
      .updateTable("merchant")
      .set({
        merchant,
        ...(timeZone === undefined ? {} : { time_zone: timeZone }),
        ...(referenceKeys === undefined ? {} : { reference_keys: referenceKeys }),
      })
      .where("merchant", "=", merchant)
      .executeTakeFirst(),
  )
  if (Number(numUpdatedRows) === 0) {
    return yield* new MerchantRefused({ field: "merchant", expected: "a merchant that exists", found: merchant })
  }
})

/** Inserts the three rows a merchant needs: its settings, its log's counter, its drainer. `false` where it exists already. */
export const insertMerchant = Effect.fnUntraced(function* (
  merchant: string,
  settings: Partial<Omit<Merchant, "merchant">>,
) {
  yield* checkName(merchant)
  yield* checkSettings(settings)
  const transaction = yield* Transaction
  const rows = yield* transaction.query("add merchant", database =>
    database
      .insertInto("merchant")
      .values({
        merchant,
        ...(settings.timeZone === undefined ? {} : { time_zone: settings.timeZone }),
        ...(settings.referenceKeys === undefined ? {} : { reference_keys: settings.referenceKeys }),
      })
      .onConflict(conflict => conflict.doNothing())
      .returning("merchant")
      .execute(),
  )
  if (rows.length === 0) return false
  yield* transaction.query("add log head", database => database.insertInto("log_head").values({ merchant }).execute())
  yield* transaction.query("add drainer", database => database.insertInto("drainer").values({ merchant }).execute())
  return true
})

const checkName = (merchant: string) =>
  /^[!-~]{1,64}$/.test(merchant)
    ? Effect.void
    : Effect.fail(
        new MerchantRefused({ field: "merchant", expected: "1 to 64 printable ASCII characters", found: merchant }),
      )

const checkSettings = Effect.fnUntraced(function* ({ timeZone, referenceKeys }: Partial<Omit<Merchant, "merchant">>) {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    return yield* new MerchantRefused({ field: "time zone", expected: "a name such as Asia/Tokyo", found: timeZone })
  }
  const key = referenceKeys?.find(name => name.trim() === "")
  if (key !== undefined) {
    return yield* new MerchantRefused({
      field: "reference keys",
      expected: "metadata keys that are not empty",
      found: key,
    })
  }
})

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== ""
  } catch {
    return false
  }
}
