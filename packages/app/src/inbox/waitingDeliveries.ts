import type { PaymentProvider, TranslateSettings } from "@payfold/domain"
import { Effect } from "effect"
import { CompiledQuery } from "kysely"
import type { RunStatement } from "../log/writeAppends.ts"
import { Database } from "../postgres/Database.ts"
import { hotStatement } from "../postgres/hotStatement.ts"
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

/**
 * Whether somebody who drains many has the drainer's row. Who drains few has it too, but while one statement runs, and as weakly as `takingDrainer` takes it:
 * so weakly that it can be looked at.
 */
export const hasDrainerOfMany = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const rows = yield* database.query("look at drainer", kysely =>
    kysely
      .selectFrom("drainer")
      .select("merchant")
      .where("merchant", "=", merchant)
      .forKeyShare()
      .skipLocked()
      .execute(),
  )
  return rows.length === 0
})

/** Deliveries that wait, translated, oldest first, and the settings they were translated with. */
export interface Waiting {
  readonly settings: TranslateSettings
  readonly deliveries: ReadonlyArray<TranslatedDelivery>
}

/** Which deliveries are read: the oldest `size` that wait behind `after`. */
export interface WaitingRange {
  readonly after: number
  readonly size: number
}

/**
 * Reads what waits in one round trip, and takes the drainer's row with it or only looks; `undefined` while another process has the row. What was recorded in the
 * moment before may be among them: it is decided again, and nothing of it is news. What nobody vouches for is not among them.
 */
export const readWaiting = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  { after, size }: WaitingRange,
  lock: "take" | "look",
) {
  const providers = yield* Providers
  const statement = CompiledQuery.raw(readingWaiting(size, lock), [merchant, after])
  const { rows } = yield* run("read deliveries", database => database.executeQuery<ReadRow>(statement))
  const [first] = rows
  if (first === undefined) return undefined
  const settings = { referenceKeys: first.reference_keys }
  const deliveries = rows.flatMap(row => (row.delivery_id === null ? [] : [translateRow(providers, settings, row)]))
  return { settings, deliveries } satisfies Waiting
})

/** Size and state are in the text: a plan that knew neither would not use the index of what waits. */
const readingWaiting = (size: number, lock: "take" | "look") =>
  hotStatement(
    "read deliveries",
    `with drained as materialized (
      select reference_keys from payfold.drainer join payfold.merchant using (merchant)
      where drainer.merchant = $1::text ${lock === "take" ? "for update of drainer skip locked" : ""}
    )
    select drained.reference_keys, waiting.* from drained left join lateral (
      select delivery_id, provider, body from payfold.delivery
      where merchant = $1::text and state = 'waiting' and verdict <> 'unverified' and delivery_id > $2::bigint
      order by delivery_id limit ${size}
    ) as waiting on true order by waiting.delivery_id`,
  )

type ReadRow = { readonly reference_keys: ReadonlyArray<string> } & (WaitingRow | { readonly delivery_id: null })

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
