import fc from "fast-check"
import { methodLeaves } from "../../src/PaymentMethod.ts"
import type { Payment } from "../../src/payment/Payment.ts"
import { UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import type { Deliveries } from "../deliveries/Deliveries.ts"
import { impliedBy, type Translator } from "../deliveries/impliedBy.ts"
import { scripts } from "../deliveries/Script.ts"
import { lastWords, type Snapshot, type Story } from "../deliveries/Story.ts"
import { netWentBack, type Truth } from "../deliveries/Truth.ts"
import { type Law, lawOf } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { recordAll } from "../record.ts"

/** Law 3: the last word on each object is enough, and all words together are the truth. */
export function completenessLaws(
  provider: Translator,
  { stories, settings }: Deliveries,
  model: PaymentModel = PAYMENT_MODEL,
): ReadonlyArray<Law> {
  const shown = (story: Story, snapshots: ReadonlyArray<Snapshot>): Payment => {
    const deliveries = snapshots.map(({ body }) => impliedBy(provider, body, story.truth.payment, settings))
    return model.toPayment(recordAll(model, UNKNOWN_PAYMENT, deliveries))
  }
  return [
    lawOf(
      "3 completeness: all words together are the truth",
      "Once every body was delivered, status, amounts, mode, method, order and discrepancies are the story's",
      fc.property(stories, story => {
        const payment = shown(story, story.snapshots)
        const wrong = untrue(story.truth, payment)
        if (wrong.length > 0) throw new Error(`untrue: ${wrong.join(", ")}\nshown: ${JSON.stringify(payment)}`)
      }),
    ),
    lawOf(
      "3 completeness: the last words are enough",
      "Whatever else was dropped, the last body of each object gives the class and the amounts, and with the payer's instructions the status",
      fc.property(scripts(stories), script => {
        const { story } = script
        const last = lastWords(story)
        const kept = story.snapshots.filter(snapshot => last.has(snapshot) || script.delivered.includes(snapshot))
        const [some, all] = [shown(story, kept), shown(story, story.snapshots)]
        const isTold = !story.snapshots.some(({ instructs }) => instructs) || kept.some(({ instructs }) => instructs)
        return (
          model.statusClass(some.status) === model.statusClass(all.status) &&
          sameMoney(some.received, all.received) &&
          sameMoney(some.refunded, all.refunded) &&
          (!isTold || some.status === all.status)
        )
      }),
    ),
  ]
}

type Amount = { readonly amount: number; readonly currency: string } | undefined

function sameMoney(a: Amount, b: Amount): boolean {
  return a?.amount === b?.amount && a?.currency === b?.currency
}

/** Names of what a payment shows otherwise than it was. */
export function untrue(truth: Truth, payment: Payment): ReadonlyArray<string> {
  const net = [...netWentBack(truth)].map(([currency, amount]) => ({ currency, amount }))
  const codes = new Set<string>(payment.discrepancies.map(({ code }) => code))
  const holds: Readonly<Record<string, boolean>> = {
    status: payment.status === truth.status,
    mode: payment.mode === undefined || payment.mode === truth.mode,
    requested: payment.requested === undefined || sameMoney(payment.requested, truth.requested),
    received: sameMoney(payment.received, truth.received),
    refunded: net.length === 0 ? payment.refunded === undefined : net.some(back => sameMoney(back, payment.refunded)),
    method: payment.method === undefined || methodLeaves(payment.method)["kind"] === methodLeaves(truth.method)["kind"],
    orderReference: payment.orderReference === truth.orderReference,
    discrepancies: codes.size === truth.discrepancies.length && truth.discrepancies.every(code => codes.has(code)),
  }
  return Object.keys(holds).filter(name => !holds[name])
}
