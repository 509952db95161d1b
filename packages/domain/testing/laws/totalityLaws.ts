import { Schema } from "effect"
import fc from "fast-check"
import { PaymentId } from "../../src/PaymentId.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { DEFAULT_TRANSLATE_SETTINGS, type Part } from "../../src/Translation.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import { bodiesWithUnstorableTexts, damagedBodies } from "../deliveries/damagedBodies.ts"
import type { Translator } from "../deliveries/impliedBy.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { survivesStorage } from "./roundTripLaws.ts"

const isPaymentId = Schema.is(PaymentId)

/** Laws 8 and, of each translated event, 7: `translate` answers for anything, and every store accepts its answer. */
export function totalityLaws(
  provider: Translator,
  { stories, settings = DEFAULT_TRANSLATE_SETTINGS }: Deliveries,
  model: PaymentModel = PAYMENT_MODEL,
): ReadonlyArray<Law> {
  const answers = (body: unknown): boolean => {
    const parts: ReadonlyArray<Part> = provider.translate(body, settings)
    return parts.length > 0 && parts.every(part => isAcceptable(provider, part, model))
  }
  return [
    lawOf(
      "8 totality: any value",
      "translate answers for any JSON value, and for what is none, with parts that every store accepts",
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), answers),
    ),
    lawOf(
      "8 totality: damaged bodies",
      "translate answers for the provider's own bodies with places missing or replaced",
      fc.property(damagedBodies(stories), answers),
    ),
    lawOf(
      "8 totality: texts that no store accepts",
      "A NUL or half a character in any place of a body is replaced before it reaches an event",
      fc.property(bodiesWithUnstorableTexts(stories), answers),
    ),
    lawOf(
      "8 totality: true bodies are understood",
      "No body that the provider truly sends is unreadable, and every part speaks of the story's payment",
      fc.property(stories, ({ truth, snapshots }) =>
        snapshots.every(({ body }) =>
          provider
            .translate(body, settings)
            .every(part => (part._tag === "Implied" ? part.payment === truth.payment : part._tag === "Ignored")),
        ),
      ),
    ),
  ]
}

function isAcceptable(provider: Translator, part: Part, model: PaymentModel): boolean {
  if (part._tag !== "Implied") return part.reason !== "" && isStorableText(part.reason)
  return (
    isPaymentId(part.payment) &&
    part.payment.startsWith(`${provider.name}:`) &&
    part.events.every(event => isTheirs(provider, event) && isStorable(event) && survivesStorage(model, event))
  )
}

/** Written by this adapter at this version, of its own payment; withdrawing is not an adapter's to do. */
function isTheirs({ name, version }: Translator, event: PaymentEvent): boolean {
  if (event._tag === "FactsWithdrawn") return false
  if (event._tag === "PaymentCreated" && event.provider !== name) return false
  return event.adapter.name === name && event.adapter.version === version
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return isStorableText(value)
  return typeof value !== "object" || value === null || Object.entries(value).flat().every(isStorable)
}

function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0")
}
