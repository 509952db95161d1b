import fc from "fast-check"
import { reportedTogether, states } from "../generators/histories.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { record } from "../record.ts"

/** Law 5: no report lowers the class. */
export function monotoneLaws(model: PaymentModel = PAYMENT_MODEL): ReadonlyArray<Law> {
  return [
    lawOf(
      "5 monotone: the class never falls",
      "No delivery takes a payment from received to ended, or from ended to open",
      fc.property(states, reportedTogether, (state, implied) => {
        const [before, after] = [state, record(model, state, implied)].map(known =>
          model.statusClass(model.toPayment(known).status),
        )
        return before !== undefined && after !== undefined && after >= before
      }),
    ),
    lawOf(
      "5 monotone: a late end never touches a received payment",
      "Once money is received, a report of an end changes neither the status nor an amount",
      fc.property(
        states,
        reportedTogether.map(events =>
          events.filter(({ _tag }) => _tag === "PaymentExpired" || _tag === "PaymentFailed"),
        ),
        (state, ends) => {
          const before = model.toPayment(state)
          if (before.status !== "paid" && before.status !== "refunded") return true
          const after = model.toPayment(record(model, state, ends))
          return (
            after.status === before.status &&
            after.received?.amount === before.received?.amount &&
            after.refunded?.amount === before.refunded?.amount
          )
        },
      ),
    ),
  ]
}
