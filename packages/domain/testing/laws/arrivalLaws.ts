import fc from "fast-check"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import { impliedBy, type Translator } from "../deliveries/impliedBy.ts"
import { type Script, scripts } from "../deliveries/Script.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { record } from "../record.ts"
import { sameState } from "../sameState.ts"

/** Laws 4 and 5 on what a provider's bodies imply, as they arrive. */
export function arrivalLaws(
  provider: Translator,
  { stories, settings }: Deliveries,
  model: PaymentModel = PAYMENT_MODEL,
): ReadonlyArray<Law> {
  const arrived = ({ story, delivered }: Script) =>
    delivered.map(({ body }) => impliedBy(provider, body, story.truth.payment, settings))
  return [
    lawOf(
      "4 silence: what arrived is no news",
      "Once everything arrived, each body again holds nothing new, and the log folds to the same state",
      fc.property(scripts(stories), script => {
        const deliveries = arrived(script)
        const log: Array<PaymentEvent> = []
        let state = UNKNOWN_PAYMENT
        for (const implied of deliveries) {
          log.push(...model.decide(state, implied))
          state = record(model, state, implied)
        }
        return (
          sameState(model.fold(log), state) && deliveries.every(implied => model.decide(state, implied).length === 0)
        )
      }),
    ),
    lawOf(
      "5 monotone: arrivals never lower the class",
      "However the bodies arrive, the payment never goes back to a lower class",
      fc.property(scripts(stories), script => {
        let state = UNKNOWN_PAYMENT
        let highest = 0
        return arrived(script).every(implied => {
          state = record(model, state, implied)
          const reached = model.statusClass(model.toPayment(state).status)
          const holds = reached >= highest
          highest = reached
          return holds
        })
      }),
    ),
  ]
}
