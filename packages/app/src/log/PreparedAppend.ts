import { createHash } from "node:crypto"
import { Effect } from "effect"
import { AppendTooLarge, UnstorableText } from "./AppendError.ts"
import type { AppendRequest, ExpectedVersion, PaymentAppend } from "./AppendRequest.ts"
import { appendLimits } from "./appendLimits.ts"
import type { NewEvent } from "./EncodedEvent.ts"

/** A request that was looked over: storable, within bounds, no payment without events. */
export interface PreparedAppend {
  readonly payments: ReadonlyArray<PaymentAppend>
  readonly events: number
  readonly bytes: number
  readonly key: { readonly name: string; readonly requestHash: string } | undefined
}

/** Looks a request over before it travels with others: what cannot be stored must not fail its neighbours. */
export const prepareAppend = Effect.fnUntraced(function* (
  merchant: string,
  request: AppendRequest,
): Effect.fn.Return<PreparedAppend, AppendTooLarge | UnstorableText> {
  const payments = request.payments.filter(append => append.events.length > 0)
  if (new Set(payments.map(append => append.payment)).size < payments.length) {
    return yield* Effect.die(new Error("an append names each payment once"))
  }
  let events = 0
  let bytes = 0
  for (const append of payments) {
    if (!isExpectable(append.expected)) {
      return yield* Effect.die(new RangeError(`${append.expected} is no version`))
    }
    for (const event of append.events) {
      events += 1
      bytes += Buffer.byteLength(event.data)
      const field = unstorableField(append.payment, request.key, event)
      if (field !== undefined) return yield* new UnstorableText({ payment: append.payment, field })
    }
  }
  if (events > appendLimits.events || bytes > appendLimits.bytes) return yield* new AppendTooLarge({ events, bytes })
  const key =
    request.key === undefined ? undefined : { name: request.key, requestHash: requestHash(merchant, payments) }
  return { payments, events, bytes, key }
})

const isExpectable = (expected: ExpectedVersion): boolean =>
  typeof expected === "string" || (Number.isSafeInteger(expected) && expected >= 0)

const unstorableField = (payment: string, key: string | undefined, event: NewEvent): string | undefined => {
  if (!isStorable(payment)) return "payment"
  if (key !== undefined && !isStorable(key)) return "key"
  return TEXTS.find(field => !isStorable(event[field] ?? ""))
}

const TEXTS = ["type", "adapter", "correlation", "data"] as const

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0")

/** Everything that makes two requests the same one, the expectation as it was said. Hexadecimal. */
const requestHash = (merchant: string, payments: ReadonlyArray<PaymentAppend>): string => {
  const said = payments.map(append => [append.payment, append.expected, append.events.map(eventFields)])
  return createHash("sha256")
    .update(JSON.stringify([merchant, said]))
    .digest("hex")
}

const eventFields = (event: NewEvent): ReadonlyArray<unknown> => [
  event.type,
  event.schemaVersion,
  event.adapter,
  event.adapterVersion,
  event.deliveryId,
  event.correlation,
  event.data,
]
