import { decide } from "../src/payment/decide.ts"
import { fold } from "../src/payment/fold.ts"
import { type Payment, toPayment } from "../src/payment/Payment.ts"
import type { PaymentEvent } from "../src/payment/PaymentEvent.ts"

/** What a delivery did to a payment: the events that were news, and the payment before and after. */
export interface Recorded {
  readonly news: ReadonlyArray<PaymentEvent>
  readonly before: Payment
  readonly after: Payment
}

/** A payment with a history, to try a delivery on: `givenPayment(…).when(…).news` are exactly the events then recorded. */
export interface GivenPayment {
  readonly when: (...implied: ReadonlyArray<PaymentEvent>) => Recorded
  /** The payment as the history leaves it. */
  readonly payment: Payment
}

/** Given a history, as it is stored, oldest event first. */
export function givenPayment(...history: ReadonlyArray<PaymentEvent>): GivenPayment {
  const state = fold(history)
  return {
    payment: toPayment(state),
    when: (...implied) => {
      const news = decide(state, implied)
      return { news, before: toPayment(state), after: toPayment(fold([...history, ...news])) }
    },
  }
}
