import type { PaymentEvent } from "../src/payment/PaymentEvent.ts"
import type { PaymentState } from "../src/payment/PaymentState.ts"
import type { PaymentModel } from "./PaymentModel.ts"

/** The state after one delivery: what is news of it is kept, the rest is dropped. */
export function record(model: PaymentModel, state: PaymentState, implied: ReadonlyArray<PaymentEvent>): PaymentState {
  return model.decide(state, implied).reduce((known, event) => model.evolve(known, event), state)
}

/** The state after deliveries in the order given. */
export function recordAll(
  model: PaymentModel,
  state: PaymentState,
  deliveries: ReadonlyArray<ReadonlyArray<PaymentEvent>>,
): PaymentState {
  return deliveries.reduce((known, implied) => record(model, known, implied), state)
}
