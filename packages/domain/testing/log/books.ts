import fc from "fast-check"
import type { PaymentId } from "../../src/PaymentId.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import type { Truth } from "../deliveries/Truth.ts"
import { truths } from "../deliveries/truths.ts"
import { methods } from "../generators/methods.ts"
import { reportsOf } from "./reportsOf.ts"

/** A few payments, and the deliveries a store gets of them. */
export interface Books {
  readonly truths: ReadonlyArray<Truth>
  readonly deliveries: ReadonlyArray<{ readonly payment: PaymentId; readonly implied: ReadonlyArray<PaymentEvent> }>
  /** A version that is withdrawn from the first payment's stream. */
  readonly withdrawn: number
}

const payments = truths({
  provider: "example",
  chargeIds: fc.integer({ min: 1, max: 9 }).map(number => `c${number}`),
  methods,
  currencies: fc.constantFrom("JPY", "THB"),
  statuses: ["created", "awaiting", "expired", "failed", "paid", "refunded"],
  refundIds: fc.constantFrom("r1", "r2", "r3"),
})

/** A few payments and their reports, in any order, some of them twice. */
export const books: fc.Arbitrary<Books> = fc
  .record({
    truths: fc.uniqueArray(payments, { selector: ({ payment }) => payment, maxLength: 4 }),
    order: fc.infiniteStream(fc.nat(20)),
    withdrawn: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ truths: all, order, withdrawn }) => {
    const sent = all.flatMap(truth => reportsOf(truth).map(implied => ({ payment: truth.payment, implied })))
    const twice = [...sent, ...sent.filter((_, index) => index % 3 === 0)]
    const deliveries = twice
      .map(delivery => ({ delivery, at: order.next().value ?? 0 }))
      .sort((a, b) => a.at - b.at)
      .map(({ delivery }) => delivery)
    return { truths: all, deliveries, withdrawn }
  })
