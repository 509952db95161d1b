import { formatMoney, type Money } from "../Money.ts"
import type { Facts, Scalar } from "./Fact.ts"
import type { PaymentState } from "./PaymentState.ts"
import { requestedMoney } from "./requestedMoney.ts"
import { endedAs, isReceived, refundCurrencies, refundedAmount } from "./status.ts"

/** Every code there is; scripts may rely on them. */
export const DISCREPANCY_CODES = [
  "paid-after-expired",
  "paid-after-failed",
  "received-less",
  "received-more",
  "currency-conflict",
  "refunded-more",
  "mode-conflict",
  "field-conflict",
  "flags-disagree",
  "order-paid-twice",
] as const
/** One of them. */
export type DiscrepancyCode = (typeof DISCREPANCY_CODES)[number]

/** Reports that do not fit together: a stable code, a sentence for people, and the values it rests on. */
export interface Discrepancy {
  readonly code: DiscrepancyCode
  readonly message: string
  readonly facts: Readonly<Record<string, Scalar | ReadonlyArray<Scalar>>>
}

/** All discrepancies of one payment, in the order of their codes: a pure function of what is known. */
export function discrepancies(state: PaymentState): ReadonlyArray<Discrepancy> {
  const requested = requestedMoney(state)
  return [
    ...paidAfterEnd(state),
    ...amountDiffers(state, requested),
    ...currencyConflict(state, requested),
    ...refundedMore(state),
    ...fieldConflicts(state.facts),
    ...state.disagreements.map(sentence => ({
      code: "flags-disagree" as const,
      message: sentence,
      facts: { sentence },
    })),
  ]
}

/** Both are known; no instants are compared, for a provider's clock and a konbini's differ. */
function paidAfterEnd(state: PaymentState): ReadonlyArray<Discrepancy> {
  const ended = endedAs(state)
  if (!isReceived(state) || ended === undefined) return []
  const message = `Money was received for a payment that was also reported ${ended}`
  return [{ code: ended === "expired" ? "paid-after-expired" : "paid-after-failed", message, facts: { ended } }]
}

/** A card may be captured in part, so receiving less is no discrepancy there. */
function amountDiffers(state: PaymentState, money: Money | undefined): ReadonlyArray<Discrepancy> {
  if (money === undefined) return []
  const { amount: requested, currency } = money
  const received = state.received[currency] ?? requested
  const isCard = state.facts["method.kind"]?.values[0] === "Card"
  const code = received > requested ? "received-more" : received < requested && !isCard ? "received-less" : undefined
  if (code === undefined) return []
  const [got, asked] = [received, requested].map(amount => formatMoney({ amount, currency }))
  return [{ code, message: `Received ${got}, requested ${asked}`, facts: { received, requested, currency } }]
}

function currencyConflict(state: PaymentState, requested: Money | undefined): ReadonlyArray<Discrepancy> {
  const currencies = new Set([...Object.keys(state.received), ...refundCurrencies(state)])
  if (requested !== undefined) currencies.add(requested.currency)
  if (currencies.size < 2) return []
  const said = [...currencies].sort()
  return [{ code: "currency-conflict", message: `Amounts in ${said.join(" and ")}`, facts: { currencies: said } }]
}

function refundedMore(state: PaymentState): ReadonlyArray<Discrepancy> {
  return Object.entries(state.received).flatMap(([currency, received]) => {
    const refunded = refundedAmount(state, currency)
    if (refunded <= received) return []
    const [back, got] = [refunded, received].map(amount => formatMoney({ amount, currency }))
    return [
      {
        code: "refunded-more" as const,
        message: `Refunded ${back}, received ${got}`,
        facts: { refunded, received, currency },
      },
    ]
  })
}

/** Differing values for one field within one adapter version. Two wordings of one message for people are no contradiction. */
function fieldConflicts(facts: Facts): ReadonlyArray<Discrepancy> {
  const conflicts: Array<Discrepancy> = []
  for (const field in facts) {
    const { values } = facts[field] ?? { values: [] }
    if (values.length < 2 || field === "failure.message") continue
    const code = field === "mode" ? "mode-conflict" : "field-conflict"
    conflicts.push({ code, message: `Reports differ on ${field}: ${values.join(" · ")}`, facts: { field, values } })
  }
  return conflicts
}
