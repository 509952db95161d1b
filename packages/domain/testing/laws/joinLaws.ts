import fc from "fast-check"
import { reports } from "../generators/events.ts"
import { states } from "../generators/histories.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { sameState } from "../sameState.ts"
import { stateText } from "../stateText.ts"

/** Law 1: states form a join-semilattice in normal form, and identity tells what is news. */
export function joinLaws(model: PaymentModel = PAYMENT_MODEL): ReadonlyArray<Law> {
  const { join } = model
  return [
    lawOf(
      "1 join: idempotent",
      "What a state knows adds nothing to it",
      fc.property(states, a => sameState(join(a, structuredClone(a)), a)),
    ),
    lawOf(
      "1 join: commutative",
      "Two states know the same together in either order",
      fc.property(states, states, (a, b) => sameState(join(a, b), join(b, a))),
    ),
    lawOf(
      "1 join: associative",
      "Three states know the same together however they are grouped",
      fc.property(states, states, states, (a, b, c) => sameState(join(a, join(b, c)), join(join(a, b), c))),
    ),
    lawOf(
      "1 join: normal form",
      "States that know the same are written alike, down to the order of their keys",
      fc.property(states, states, (a, b) => JSON.stringify(join(a, b)) === JSON.stringify(join(b, a))),
    ),
    lawOf(
      "1 join: what an event says is in normal form",
      "An event says by itself what a payment knows that has only this event",
      fc.property(reports, event => {
        const said = model.says(event)
        return (
          JSON.stringify(model.fold([event])) === JSON.stringify(said) && join(said, structuredClone(said)) === said
        )
      }),
    ),
    lawOf(
      "1 join: identity",
      "A join is the first state itself exactly when the second adds nothing",
      fc.property(states, states, (a, b) => (join(a, b) === a) === (stateText(join(a, b)) === stateText(a))),
    ),
  ]
}
