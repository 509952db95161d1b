import {
  decide,
  encodeEvent,
  fold,
  type PaymentProvider,
  type TranslateSettings,
  type Translation,
} from "@payfold/domain"
import { Effect } from "effect"
import { eventsOf, paymentStreams } from "../log/paymentStreams.ts"
import { Database } from "../postgres/Database.ts"
import { paymentsOf } from "./decideDeliveries.ts"
import { Providers, providerNamed } from "./Providers.ts"
import { translateDelivery } from "./translateDelivery.ts"
import { translateSettings } from "./translateSettings.ts"

/**
 * - `not-implied`: the delivery that an event names does not imply it.
 * - `not-recorded`: a recorded delivery implies what its payment's stream does not hold.
 */
export interface TranslationFault {
  readonly kind: "not-implied" | "not-recorded"
  readonly deliveryId: number
  readonly payment: string
  /** Of the event; null where it is missing. */
  readonly position: number | null
  readonly type: string
}

/** What comparing the log with its own deliveries found. */
export interface TranslationsVerified {
  /** Events that their delivery implies, read by the adapter version that recorded them. */
  readonly events: number
  /** Events that cannot be asked for: recorded by another adapter version, from a pruned delivery, or by hand. */
  readonly unasked: number
  readonly fault: TranslationFault | undefined
}

/** Bodies held at a time, of at most a mebibyte each. */
const RANGE = 20

/**
 * Translates the kept deliveries again, where the adapter is still the one that recorded their events, and compares both ways: each event is implied by
 * the delivery it names, and each recorded delivery teaches nothing that is not there. Payments with withdrawn facts are compared one way only.
 */
export const verifyTranslations = Effect.fn("verifyTranslations")(function* (
  merchant: string,
  upTo: number,
  onProgress: (done: number, total: number) => void = () => {},
) {
  const database = yield* Database
  const settings = yield* translateSettings(database.read, merchant)
  const counts = { events: 0, unasked: 0 }
  let after = 0
  while (after < upTo) {
    const found = yield* compareEvents(merchant, settings, after, Math.min(upTo, after + RANGE))
    counts.events += found.events
    counts.unasked += found.unasked
    if (found.fault !== undefined) return { ...counts, fault: found.fault } satisfies TranslationsVerified
    after += RANGE
    onProgress(Math.min(after, upTo), upTo)
  }
  const fault = yield* compareDeliveries(merchant, settings)
  return { ...counts, fault } satisfies TranslationsVerified
})

const compareEvents = Effect.fnUntraced(function* (
  merchant: string,
  settings: TranslateSettings,
  after: number,
  upTo: number,
) {
  const database = yield* Database
  const providers = yield* Providers
  const events = yield* database.read("read events", kysely =>
    kysely
      .selectFrom("event")
      .select(["position", "payment_id", "type", "adapter", "adapter_version", "delivery_id", "data"])
      .where("merchant", "=", merchant)
      .where("position", ">", after)
      .where("position", "<=", upTo)
      .orderBy("position")
      .execute(),
  )
  const askable = events.filter(event => providerNamed(providers, event.adapter)?.version === event.adapter_version)
  const ids = askable.flatMap(event => event.delivery_id ?? [])
  const deliveries = yield* keptDeliveries(merchant, ids)
  const translations = new Map<number, Translation>()
  for (const { deliveryId, provider, body } of deliveries) {
    translations.set(deliveryId, translateDelivery(provider, body, settings))
  }
  let compared = 0
  for (const event of askable) {
    const translation = event.delivery_id === null ? undefined : translations.get(event.delivery_id)
    if (event.delivery_id === null || translation === undefined) continue
    compared += 1
    if (implies(translation, event.payment_id, event.data)) continue
    const { position, type, payment_id: payment, delivery_id: deliveryId } = event
    const fault: TranslationFault = { kind: "not-implied", deliveryId, payment, position, type }
    return { events: compared, unasked: 0, fault }
  }
  return { events: compared, unasked: events.length - compared, fault: undefined }
})

function implies(translation: Translation, payment: string, data: string): boolean {
  return translation.some(
    part =>
      part._tag === "Implied" && part.payment === payment && part.events.some(event => encodeEvent(event) === data),
  )
}

/** The first recorded delivery that would teach something, in order of id. */
const compareDeliveries = Effect.fnUntraced(function* (merchant: string, settings: TranslateSettings) {
  const database = yield* Database
  const last = yield* database.read("read last delivery", kysely =>
    kysely
      .selectFrom("delivery")
      .select(({ fn }) => fn.max("delivery_id").as("id"))
      .where("merchant", "=", merchant)
      .executeTakeFirst(),
  )
  for (let after = 0; after < (last?.id ?? 0); after += RANGE) {
    const ids = Array.from({ length: RANGE }, (_, index) => after + index + 1)
    const fault = yield* compareRange(merchant, settings, yield* keptDeliveries(merchant, ids))
    if (fault !== undefined) return fault
  }
  return undefined
})

const compareRange = Effect.fnUntraced(function* (
  merchant: string,
  settings: TranslateSettings,
  deliveries: ReadonlyArray<Kept>,
) {
  const database = yield* Database
  const translated = deliveries.map(({ deliveryId, provider, body }) => ({
    ...{ deliveryId, provider, parts: translateDelivery(provider, body, settings) },
  }))
  const streams = yield* paymentStreams(database.read, merchant, paymentsOf(translated), Number.MAX_SAFE_INTEGER)
  for (const { deliveryId, provider, parts } of translated) {
    for (const part of parts) {
      if (part._tag !== "Implied") continue
      const stream = eventsOf(streams.get(part.payment) ?? [])
      const isComparable = stream.every(
        event => event._tag !== "FactsWithdrawn" && event.adapter.version === provider.version,
      )
      const [missing] = isComparable ? decide(fold(stream), part.events) : []
      if (missing === undefined) continue
      const where = { deliveryId, payment: part.payment, position: null }
      return { kind: "not-recorded", ...where, type: missing._tag } satisfies TranslationFault
    }
  }
  return undefined
})

interface Kept {
  readonly deliveryId: number
  readonly provider: PaymentProvider
  readonly body: Uint8Array
}

/** Those of these deliveries that were recorded and still have their body. */
const keptDeliveries = Effect.fnUntraced(function* (merchant: string, ids: ReadonlyArray<number>) {
  const database = yield* Database
  const providers = yield* Providers
  if (ids.length === 0) return []
  const rows = yield* database.read("read kept deliveries", kysely =>
    kysely
      .selectFrom("delivery")
      .select(["delivery_id", "provider", "body", "state"])
      .where("merchant", "=", merchant)
      .where("delivery_id", "in", ids)
      .where("state", "=", "recorded")
      .orderBy("delivery_id")
      .execute(),
  )
  return rows.flatMap(({ delivery_id, provider: name, body }): ReadonlyArray<Kept> => {
    const provider = providerNamed(providers, name)
    return provider === undefined || body === null ? [] : [{ deliveryId: delivery_id, provider, body }]
  })
})
