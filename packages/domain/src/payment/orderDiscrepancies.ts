import type { Discrepancy } from "./discrepancies.ts"
import type { Payment } from "./Payment.ts"

/** One payment among all attempts to pay an order. */
export interface Attempt {
  /** The payment's id. */
  readonly id: string
  readonly payment: Pick<Payment, "status" | "mode" | "orderReference">
}

/**
 * What does not fit together across the payments of one order: it is paid twice where two attempts hold money that did not go back whole. A
 * payer whose first number is still valid pays at two counters; only the merchant can tell which one to give back.
 *
 * Test and live attempts are told apart, and attempts of which the mode is unknown belong to neither.
 */
export function orderDiscrepancies(attempts: ReadonlyArray<Attempt>): ReadonlyArray<Discrepancy> {
  const paid = attempts.filter(({ payment }) => payment.status === "paid")
  const byOrder = Map.groupBy(paid, ({ payment }) => JSON.stringify([payment.mode ?? null, payment.orderReference]))
  return [...byOrder.values()].flatMap(twice => {
    const order = twice[0]?.payment.orderReference
    // Without a reference they are attempts at no order that is known.
    if (twice.length < 2 || order === undefined) return []
    const payments = twice.map(({ id }) => id).sort()
    const message = `Order ${order} was paid ${twice.length} times: ${payments.join(", ")}`
    return [{ code: "order-paid-twice" as const, message, facts: { order, payments } }]
  })
}
