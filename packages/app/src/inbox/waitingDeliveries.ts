import type { PaymentProvider, TranslateSettings } from "@payfold/domain"
import { Effect } from "effect"
import { type Kysely, sql } from "kysely"
import type { RunStatement } from "../log/writeAppends.ts"
import type { PayfoldSchema } from "../postgres/PayfoldSchema.ts"
import { Transaction } from "../postgres/Transaction.ts"
import type { TranslatedDelivery } from "./decideDeliveries.ts"
import { Providers, providerNamed } from "./Providers.ts"
import { translateDelivery } from "./translateDelivery.ts"

/**
 * Takes the merchant's drainer row until the transaction ends, which makes one drainer a merchant, and gives the settings to translate with; `undefined` while
 * another process has it.
 */
export const takeDrainer = Effect.fnUntraced(function* (merchant: string) {
  const transaction = yield* Transaction
  const [settings] = yield* transaction.query("take drainer", database =>
    database
      .selectFrom("drainer")
      .innerJoin("merchant", "merchant.merchant", "drainer.merchant")
      .select("reference_keys as referenceKeys")
      .where("drainer.merchant", "=", merchant)
      .forUpdate("drainer")
      .skipLocked()
      .execute(),
  )
  return settings satisfies TranslateSettings | undefined
})

/** Deliveries that a drainer may take: what nobody vouches for is kept and not among them. */
export function waitingDeliveries(database: Kysely<PayfoldSchema>, merchant: string) {
  return database
    .selectFrom("delivery")
    .where("merchant", "=", merchant)
    .where("state", "=", "waiting")
    .where("verdict", "!=", "unverified")
}

/**
 * Takes the drainer's row and with it the oldest deliveries that wait, translated, in one round trip; `undefined` while another process has the row. What was
 * recorded in the moment before may be among them: it is decided again, and nothing of it is news.
 */
export const takeWaiting = Effect.fnUntraced(function* (merchant: string, size: number) {
  const transaction = yield* Transaction
  const providers = yield* Providers
  const { rows } = yield* transaction.query("take deliveries", database =>
    sql<TakenRow>`with taken as materialized (
        select reference_keys from payfold.drainer join payfold.merchant using (merchant)
        where drainer.merchant = ${merchant} for update of drainer skip locked
      )
      select taken.reference_keys, waiting.* from taken
        left join lateral ${waitingRows(database, merchant, size)} as waiting on true order by waiting.delivery_id`.execute(
      database,
    ),
  )
  const [first] = rows
  if (first === undefined) return undefined
  const settings = { referenceKeys: first.reference_keys }
  return rows.flatMap(row => (row.delivery_id === null ? [] : [translateRow(providers, settings, row)]))
})

type TakenRow = { readonly reference_keys: ReadonlyArray<string> } & (WaitingRow | { readonly delivery_id: null })

/** The oldest deliveries that wait after one of them, translated. */
export const translateWaiting = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  settings: TranslateSettings,
  after: number,
  size: number,
) {
  const providers = yield* Providers
  const rows = yield* run("read deliveries", database =>
    waitingRows(database, merchant, size).where("delivery_id", ">", after).execute(),
  )
  return rows.map(row => translateRow(providers, settings, row))
})

function waitingRows(database: Kysely<PayfoldSchema>, merchant: string, size: number) {
  return waitingDeliveries(database, merchant)
    .select(["delivery_id", "provider", "body"])
    .orderBy("delivery_id")
    .limit(size)
}

interface WaitingRow {
  readonly delivery_id: number
  readonly provider: string
  readonly body: Uint8Array | null
}

function translateRow(
  providers: ReadonlyArray<PaymentProvider>,
  settings: TranslateSettings,
  row: WaitingRow,
): TranslatedDelivery {
  const provider = providerNamed(providers, row.provider)
  if (provider === undefined) return unreadable(row.delivery_id, `no adapter is named ${row.provider}`)
  if (row.body === null) return unreadable(row.delivery_id, "its body was pruned")
  return { deliveryId: row.delivery_id, parts: translateDelivery(provider, row.body, settings) }
}

function unreadable(deliveryId: number, reason: string): TranslatedDelivery {
  return { deliveryId, parts: [{ _tag: "Unreadable", reason }] }
}
