import { Effect } from "effect"
import { sql } from "kysely"
import { insertMerchant } from "../merchant/Merchant.ts"
import { Transaction } from "../postgres/Transaction.ts"
import type { LineOf } from "./LogFile.ts"
import { LogNotEmpty } from "./LogNotEmpty.ts"

/** Numbers kept free between the file's last delivery and the next that comes in. */
const SPARE_NUMBERS = 1_000

/**
 * Makes the merchant, or takes the one that has neither events nor deliveries, with the file's settings; holds the counter row from here on.
 * `AlreadyThere` where the log holds the file's: the chain had the file's value at the file's head.
 */
export const beginImport = Effect.fnUntraced(function* (log: LineOf<"Log">) {
  const { merchant, timeZone, referenceKeys, head, lastDelivery } = log
  const transaction = yield* Transaction
  const isNew = yield* insertMerchant(merchant, { timeZone, referenceKeys })
  const standing = yield* readStanding(merchant, head.position)
  if (standing.head > 0 || standing.lastDelivery > 0) {
    const isSame =
      standing.lastDelivery >= lastDelivery &&
      standing.chain === head.chain &&
      // An empty chain is the beginning of every log.
      (head.position > 0 || (standing.head === 0 && standing.lastDelivery === lastDelivery))
    if (isSame) return "AlreadyThere"
    return yield* new LogNotEmpty({ merchant, events: standing.head, deliveries: standing.deliveries })
  }
  if (!isNew) yield* takeEmptyMerchant(log)
  yield* transaction.query("keep delivery numbers free", database =>
    // Before the deliveries: one that comes in meanwhile must not get a number of theirs. No other process can use up the spare numbers
    // between the look and the setting, so the sequence never goes back.
    sql`select setval(sequence, ${lastDelivery + SPARE_NUMBERS}::bigint)
      from (select pg_get_serial_sequence('payfold.delivery', 'delivery_id')::regclass as sequence) as own,
        payfold.delivery_delivery_id_seq
      where last_value <= ${lastDelivery}::bigint`.execute(database),
  )
  return "Begun"
})

/** What stands in the database: the counter row first, locked, and then what it guards. `chain`: at the file's head. */
const readStanding = Effect.fnUntraced(function* (merchant: string, position: number) {
  const transaction = yield* Transaction
  const { head, chain } = yield* transaction.query("take log head", database =>
    database
      .selectFrom("log_head")
      .select(["head", "chain"])
      .where("merchant", "=", merchant)
      .forUpdate()
      .executeTakeFirstOrThrow(),
  )
  const inbox = yield* transaction.query("read inbox", database =>
    database
      .selectFrom("delivery")
      .select(({ fn }) => [
        fn.countAll<number>().as("deliveries"),
        fn.coalesce(fn.max("delivery_id"), sql<number>`0`).as("lastDelivery"),
      ])
      .where("merchant", "=", merchant)
      .executeTakeFirstOrThrow(),
  )
  const event = yield* transaction.query("read link", database =>
    database
      .selectFrom("event")
      .select("link")
      .where("merchant", "=", merchant)
      .where("position", "=", position)
      .executeTakeFirst(),
  )
  const link = position === head ? chain : event?.link
  return { head, ...inbox, chain: link === null || link === undefined ? undefined : Buffer.from(link).toString("hex") }
})

/** Gives an empty merchant the file's settings. Its views have no rows yet, and begin anew with these settings. */
const takeEmptyMerchant = Effect.fnUntraced(function* ({ merchant, timeZone, referenceKeys }: LineOf<"Log">) {
  const transaction = yield* Transaction
  yield* transaction.query("set merchant", database =>
    database
      .updateTable("merchant")
      .set({ time_zone: timeZone, reference_keys: referenceKeys })
      .where("merchant", "=", merchant)
      .execute(),
  )
  yield* transaction.query("drop empty checkpoints", database =>
    database.deleteFrom("checkpoint").where("merchant", "=", merchant).execute(),
  )
})
