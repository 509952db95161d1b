import fc from "fast-check"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import { impliedBy, type Translator } from "../deliveries/impliedBy.ts"
import { type Script, scripts } from "../deliveries/Script.ts"
import { rightfulAmounts } from "../deliveries/Truth.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { record, recordAll } from "../record.ts"
import { sameState } from "../sameState.ts"
import { brokenOrder } from "./brokenOrder.ts"

/** At most this many different bodies of a story meet in every order: 2^7 states are looked at, which stand for all 5,040 orders. */
const MAXIMUM_BODIES = 7

/** Laws 2, 4 and 5 on what a provider's bodies imply, and that no amount is made up. */
export function storyLaws(
  provider: Translator,
  { stories, settings }: Deliveries,
  model: PaymentModel = PAYMENT_MODEL,
): ReadonlyArray<Law> {
  const arrived = ({ story, delivered }: Script) =>
    delivered.map(({ body }) => impliedBy(provider, body, story.truth.payment, settings))
  return [
    lawOf(
      "2 confluence: every order of a story",
      "On every state that some of a story's bodies reach, deliveries commute and absorb",
      fc.property(scripts(stories), script => {
        const bodies = script.story.snapshots.slice(0, MAXIMUM_BODIES)
        const deliveries = bodies.map(({ body }) => impliedBy(provider, body, script.story.truth.payment, settings))
        return brokenOrder(model, deliveries) === undefined
      }),
      { cost: 4 },
    ),
    lawOf(
      "2 confluence: late, twice and overtaken",
      "What arrived ends as if each body had come once, in the order it was sent",
      fc.property(scripts(stories), script => {
        const inOrder = script.story.snapshots.filter(snapshot => script.delivered.includes(snapshot))
        const once = inOrder.map(({ body }) => impliedBy(provider, body, script.story.truth.payment, settings))
        return sameState(recordAll(model, UNKNOWN_PAYMENT, arrived(script)), recordAll(model, UNKNOWN_PAYMENT, once))
      }),
    ),
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
    lawOf(
      "amounts are only the truth's",
      "No event names an amount requested, received or given back that the story does not have",
      fc.property(stories, ({ truth, snapshots }) => {
        const rightful = rightfulAmounts(truth)
        return snapshots
          .flatMap(({ body }) => impliedBy(provider, body, truth.payment, settings))
          .flatMap(amountsOf)
          .every(({ amount, currency }) => rightful.has(`${amount} ${currency}`))
      }),
    ),
  ]
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
