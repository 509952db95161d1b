import fc from "fast-check"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { histories } from "../generators/histories.ts"
import { minute } from "../generators/moments.ts"
import { amounts, currencies } from "../generators/money.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { sameState } from "../sameState.ts"

const reported = { schemaVersion: 1, adapter: { name: "example", version: 1 } } as const

/** Law 4: what the log already says is never recorded again. */
export function silenceLaws(model: PaymentModel = PAYMENT_MODEL): ReadonlyArray<Law> {
  return [
    lawOf(
      "4 silence: nothing is recorded twice",
      "What was decided is the whole history's state, and the history holds no more news",
      fc.property(histories, history => {
        const log = model.decide(UNKNOWN_PAYMENT, history)
        return sameState(model.fold(log), model.fold(history)) && model.decide(model.fold(log), history).length === 0
      }),
    ),
    lawOf(
      "4 silence: every kept event was news",
      "Within one delivery too, an event is kept only where it changes what the ones before it left",
      fc.property(histories, history => {
        const log = model.decide(UNKNOWN_PAYMENT, history)
        return log.every((_, index) => !sameState(model.fold(log.slice(0, index)), model.fold(log.slice(0, index + 1))))
      }),
    ),
    lawOf(
      "4 silence: one refund, one event",
      "A refund told by its id and again in the total so far is one event, in one delivery or in two",
      fc.property(amounts, currencies, (amount, currency) => {
        const byId: PaymentEvent = {
          _tag: "PaymentRefunded",
          ...reported,
          refund: { _tag: "Refund", id: "r1", amount, currency },
        }
        const total: PaymentEvent = {
          _tag: "PaymentRefunded",
          ...reported,
          refund: { _tag: "Total", amount, currency },
        }
        return (
          model.decide(UNKNOWN_PAYMENT, [byId, total]).length === 1 &&
          model.decide(model.fold([byId]), [total]).length === 0 &&
          sameState(model.fold([total, byId]), model.fold([byId]))
        )
      }),
    ),
    lawOf(
      "4 silence: the earliest instant is news, a later one is not",
      "Of two instants told for one thing only an earlier one is kept, though neither changes the status",
      fc.property(fc.nat(5), fc.nat(5), (known, told) => {
        const log = [{ _tag: "PaymentExpired", ...reported, expiredAt: minute(known) }] as const
        const news = model.decide(model.fold(log), [{ _tag: "PaymentExpired", ...reported, expiredAt: minute(told) }])
        return news.length === (told < known ? 1 : 0)
      }),
    ),
  ]
}
