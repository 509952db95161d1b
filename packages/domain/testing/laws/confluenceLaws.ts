import fc from "fast-check"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { reportedTogether, states } from "../generators/histories.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { record, recordAll } from "../record.ts"
import { sameState } from "../sameState.ts"
import { brokenOrder } from "./brokenOrder.ts"

const ORDERS_OF_THREE = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

/** Law 2: deliveries commute and absorb on every reachable state, from which every order with every duplicate ends alike. */
export function confluenceLaws(model: PaymentModel = PAYMENT_MODEL): ReadonlyArray<Law> {
  return [
    lawOf(
      "2 confluence: deliveries commute",
      "Two deliveries end alike in either order, on any state",
      fc.property(states, reportedTogether, reportedTogether, (state, a, b) =>
        sameState(recordAll(model, state, [a, b]), recordAll(model, state, [b, a])),
      ),
    ),
    lawOf(
      "2 confluence: deliveries absorb",
      "A delivery that comes twice ends as if it had come once, on any state",
      fc.property(states, reportedTogether, (state, a) =>
        sameState(recordAll(model, state, [a, a]), record(model, state, a)),
      ),
    ),
    lawOf(
      "2 confluence: every order of three",
      "Three deliveries, each twice, end alike in all six orders",
      fc.property(reportedTogether, reportedTogether, reportedTogether, (...deliveries) => {
        const ends = ORDERS_OF_THREE.map(([x, y, z]) => {
          const [a, b, c] = [deliveries[x], deliveries[y], deliveries[z]]
          return recordAll(model, UNKNOWN_PAYMENT, [a, b, a, c, c, b])
        })
        return ends.every(end => sameState(end, ends[0] ?? end))
      }),
      { cost: 4 },
    ),
    lawOf(
      "2 confluence: every order of up to seven",
      "On every state that some of up to seven deliveries reach, deliveries commute and absorb",
      fc.property(
        fc.array(reportedTogether, { maxLength: 7 }),
        deliveries => brokenOrder(model, deliveries) === undefined,
      ),
      { cost: 10 },
    ),
  ]
}
