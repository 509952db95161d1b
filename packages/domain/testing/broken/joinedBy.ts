import { says } from "../../src/payment/evolve.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { type PaymentState, UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { sameState } from "../sameState.ts"

/** A model whose states are joined in another way, wherever it joins any. */
export function joinedBy(join: (a: PaymentState, b: PaymentState) => PaymentState): PaymentModel {
  const evolve = (state: PaymentState, event: PaymentEvent) => join(state, says(event))
  return {
    ...PAYMENT_MODEL,
    join,
    evolve,
    decide: (state, implied) => {
      const news: Array<PaymentEvent> = []
      let current = state
      for (const event of implied) {
        const next = evolve(current, event)
        if (sameState(next, current)) continue
        news.push(event)
        current = next
      }
      return news
    },
    fold: stream => stream.reduce(evolve, UNKNOWN_PAYMENT),
  }
}
