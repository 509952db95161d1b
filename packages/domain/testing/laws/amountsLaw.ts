import fc from "fast-check"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import { impliedBy, type Translator } from "../deliveries/impliedBy.ts"
import { rightfulAmounts } from "../deliveries/Truth.ts"
import { type Law, lawOf } from "../Law.ts"

/** No amount is made up. */
export function amountsLaw(provider: Translator, { stories, settings }: Deliveries): Law {
  return lawOf(
    "amounts are only the truth's",
    "No event names an amount requested, received or given back that the story does not have",
    fc.property(stories, ({ truth, snapshots }) => {
      const rightful = rightfulAmounts(truth)
      return snapshots
        .flatMap(({ body }) => impliedBy(provider, body, truth.payment, settings))
        .flatMap(amountsOf)
        .every(({ amount, currency }) => rightful.has(`${amount} ${currency}`))
    }),
  )
}

function amountsOf(event: PaymentEvent): ReadonlyArray<{ readonly amount: number; readonly currency: string }> {
  switch (event._tag) {
    case "PaymentCreated":
      return event.requested === undefined ? [] : [event.requested]
    case "PaymentPaid":
      return event.received === undefined ? [] : [event.received]
    case "PaymentRefunded":
      return [event.refund]
    case "PaymentAwaiting":
    case "PaymentExpired":
    case "PaymentFailed":
    case "FactsWithdrawn":
      return []
  }
}
