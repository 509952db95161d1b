import { Result } from "effect"
import fc from "fast-check"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { anyEvents } from "../generators/events.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { stateText } from "../stateText.ts"

/** Law 7: every event equals its decode after encode, and equal events are equal bytes. */
export function roundTripLaws(model: PaymentModel = PAYMENT_MODEL): ReadonlyArray<Law> {
  return [
    lawOf(
      "7 round trip: nothing is lost",
      "An event that was stored and read again says the same",
      fc.property(anyEvents, event => survivesStorage(model, event)),
    ),
    lawOf(
      "7 round trip: equal events are equal bytes",
      "The stored text does not depend on the order in which an event's fields were written",
      fc.property(anyEvents, event => model.encodeEvent(event) === model.encodeEvent(backwards(event))),
    ),
  ]
}

/** Does an event equal its decode after encode, to the byte? */
export function survivesStorage(model: PaymentModel, event: PaymentEvent): boolean {
  const text = model.encodeEvent(event)
  const read = model.decodeEvent(text)
  return (
    Result.isSuccess(read) && stateText(read.success) === stateText(event) && model.encodeEvent(read.success) === text
  )
}

/** The same value with its keys in the opposite order at every depth. */
function backwards<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  // Keys and values are the same, only their order differs.
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, backwards(item)]),
  ) as Value
}
