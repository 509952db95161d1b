import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { type PaymentState, UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import type { PaymentModel } from "../PaymentModel.ts"
import { record } from "../record.ts"
import { sameState } from "../sameState.ts"

/**
 * Looks at the state of every subset of the deliveries. Each way into a subset (any of its deliveries last) must give the same state, and no delivery of
 * it may add to it: by induction every order with every duplicate then ends alike. Gives back one subset for which that fails, as indices.
 */
export function brokenOrder(
  model: PaymentModel,
  deliveries: ReadonlyArray<ReadonlyArray<PaymentEvent>>,
): ReadonlyArray<number> | undefined {
  const states: Array<PaymentState> = [UNKNOWN_PAYMENT]
  for (let subset = 1; subset < 2 ** deliveries.length; subset++) {
    const members = deliveries.flatMap((_, index) => ((subset >> index) & 1 ? [index] : []))
    const ways = members.map(last => {
      // The subset without its last delivery is a smaller number, so its state is known.
      const before = states[subset & ~(1 << last)] ?? UNKNOWN_PAYMENT
      return record(model, before, deliveries[last] ?? [])
    })
    const state = ways[0] ?? UNKNOWN_PAYMENT
    const commutes = ways.every(way => way === state || sameState(way, state))
    const absorbs = members.every(index => model.decide(state, deliveries[index] ?? []).length === 0)
    if (!commutes || !absorbs) return members
    states[subset] = state
  }
  return undefined
}
