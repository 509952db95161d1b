import fc from "fast-check"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { histories, streams } from "../generators/histories.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { sameState } from "../sameState.ts"

const reported = { schemaVersion: 1, adapter: { name: "example", version: 1 } } as const

/** A stream and the places of its events in another order. */
const reorderedStreams = fc
  .tuple(streams, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }))
  .map(([stream, keys]) => ({
    stream,
    order: stream.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b),
  }))

/** Withdrawal: a fact can be withdrawn, never edited, and it does not matter when. */
export function withdrawalLaws(model: PaymentModel = PAYMENT_MODEL): ReadonlyArray<Law> {
  return [
    lawOf(
      "withdrawal commutes with everything",
      "A stream in another order, its withdrawals naming the same facts, folds to the same state",
      fc.property(reorderedStreams, ({ stream, order }) =>
        sameState(model.fold(reordered(stream, order)), model.fold(stream)),
      ),
    ),
    lawOf(
      "withdrawal leaves no trace",
      "What was withdrawn is as if it had never been said, and what was not stays",
      fc.property(histories, fc.integer({ min: 1, max: 7 }), (history, version) => {
        const withdrawal = {
          _tag: "FactsWithdrawn",
          ...reported,
          versions: [version],
          reason: "r",
          withdrawnBy: "w",
        } as const
        const rest = history.filter((_, index) => index + 1 !== version)
        return sameState(model.fold([...history, withdrawal]), model.fold(rest))
      }),
    ),
  ]
}

/** The same facts at other versions: withdrawals name their facts where they now stand. */
function reordered(stream: ReadonlyArray<PaymentEvent>, order: ReadonlyArray<number>): ReadonlyArray<PaymentEvent> {
  return order.flatMap((from): ReadonlyArray<PaymentEvent> => {
    const event = stream[from]
    if (event === undefined) return []
    if (event._tag !== "FactsWithdrawn") return [event]
    // A version beyond the stream names nothing there and nothing here.
    const [first, ...rest] = event.versions.map(version => {
      const place = order.indexOf(version - 1)
      return place === -1 ? stream.length + version : place + 1
    })
    return first === undefined ? [] : [{ ...event, versions: [first, ...rest] }]
  })
}
