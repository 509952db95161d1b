import { decide } from "../../src/payment/decide.ts"
import { evolve } from "../../src/payment/evolve.ts"
import { toPayment } from "../../src/payment/Payment.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { stateText } from "../stateText.ts"
import type { Broken } from "./Broken.ts"

/** Keeps what changes a payment's page, which forgets what decides the page later: an adapter's version, a ninth value. */
const byWhatIsShown: PaymentModel["decide"] = (state, implied) => {
  const news: Array<PaymentEvent> = []
  let current = state
  for (const event of implied) {
    const next = evolve(current, event)
    if (stateText(toPayment(next)) === stateText(toPayment(current))) continue
    news.push(event)
    current = next
  }
  return news
}

/** Decisions and folds that break one law each. */
export const BROKEN_DECISIONS: ReadonlyArray<Broken<PaymentModel>> = [
  {
    mistake: "what does not change the page is dropped",
    rejectedBy: "2 confluence: deliveries commute",
    implementation: { ...PAYMENT_MODEL, decide: byWhatIsShown },
  },
  {
    mistake: "everything is kept",
    rejectedBy: "4 silence: nothing is recorded twice",
    implementation: { ...PAYMENT_MODEL, decide: (_, implied) => implied },
  },
  {
    mistake: "each event is compared with the state before the delivery",
    rejectedBy: "4 silence: every kept event was news",
    implementation: {
      ...PAYMENT_MODEL,
      decide: (state, implied) => implied.filter(event => evolve(state, event) !== state),
    },
  },
  {
    mistake: "reports that contradict a received payment are refused, and the first order of arrival decides",
    rejectedBy: "2 confluence: deliveries commute",
    implementation: {
      ...PAYMENT_MODEL,
      decide: (state, implied) =>
        decide(
          state,
          implied.filter(({ _tag }) => !(state.seen.paid && _tag === "PaymentExpired")),
        ),
    },
  },
  {
    mistake: "a withdrawal withdraws only what stands before it",
    rejectedBy: "withdrawal commutes with everything",
    implementation: {
      ...PAYMENT_MODEL,
      fold: stream => {
        const gone = stream.flatMap((event, index) =>
          event._tag === "FactsWithdrawn" ? event.versions.filter(version => version <= index) : [],
        )
        return stream.filter((_, index) => !gone.includes(index + 1)).reduce(evolve, UNKNOWN_PAYMENT)
      },
    },
  },
  {
    mistake: "versions count from nought",
    rejectedBy: "withdrawal leaves no trace",
    implementation: {
      ...PAYMENT_MODEL,
      fold: stream => {
        const gone = stream.flatMap(event => (event._tag === "FactsWithdrawn" ? event.versions : []))
        return stream.filter((_, index) => !gone.includes(index)).reduce(evolve, UNKNOWN_PAYMENT)
      },
    },
  },
]
