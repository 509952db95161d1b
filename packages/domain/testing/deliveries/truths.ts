import fc from "fast-check"
import { toPaymentId } from "../../src/PaymentId.ts"
import type { PaymentMethod } from "../../src/PaymentMethod.ts"
import type { Mode } from "../../src/payment/PaymentEvent.ts"
import type { PaymentStatus } from "../../src/payment/status.ts"
import { money } from "../generators/money.ts"
import type { Truth, WentBack } from "./Truth.ts"

/** What a provider can do; `truths` makes payments of it. */
export interface TruthOptions {
  readonly provider: string
  readonly chargeIds: fc.Arbitrary<string>
  readonly methods: fc.Arbitrary<PaymentMethod>
  readonly currencies: fc.Arbitrary<string>
  readonly statuses: ReadonlyArray<PaymentStatus>
  /** Ids of refunds; `undefined` where the provider refunds nothing and `paid` is the end. */
  readonly refundIds?: fc.Arbitrary<string>
  /** Ends that money may still overtake: the story then tells both. */
  readonly late?: ReadonlyArray<"paid-after-expired" | "paid-after-failed">
}

/** Payments as they truly went: what was received is what was requested, and refunds stay below it until they reach it. */
export function truths(options: TruthOptions): fc.Arbitrary<Truth> {
  return fc
    .record({
      chargeId: options.chargeIds,
      mode: fc.constantFrom<Mode>("live", "test"),
      method: options.methods,
      amount: fc.integer({ min: 1, max: 100_000 }),
      currency: options.currencies,
      status: fc.constantFrom(...options.statuses),
      orderReference: fc.option(fc.constantFrom("order-1", "order-2"), { nil: undefined }),
      late: fc.constantFrom<Truth["discrepancies"]>([], [], [], ...(options.late ?? []).map(code => [code])),
      ids:
        options.refundIds === undefined
          ? fc.constant([])
          : fc.uniqueArray(options.refundIds, { minLength: 1, maxLength: 3 }),
      parts: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 2 }),
    })
    .map(({ chargeId, amount, currency, ids, parts, ...drawn }): Truth => {
      const payment = toPaymentId(options.provider, chargeId)
      if (payment === undefined) throw new RangeError(`${options.provider}:${chargeId} is not a payment id`)
      const isReceived = drawn.status === "paid" || drawn.status === "refunded"
      const wentBack = amountsBack(drawn.status, amount, parts, ids.length).flatMap(
        (part, index): ReadonlyArray<WentBack> => {
          const id = ids[index]
          return id === undefined ? [] : [{ _tag: "Refund", id, ...money(part, currency) }]
        },
      )
      return {
        payment,
        mode: drawn.mode,
        method: drawn.method,
        requested: money(amount, currency),
        status: drawn.status,
        ...(isReceived ? { received: money(amount, currency) } : {}),
        wentBack,
        ...(drawn.orderReference === undefined ? {} : { orderReference: drawn.orderReference }),
        discrepancies: isReceived ? drawn.late : [],
      }
    })
}

function amountsBack(status: PaymentStatus, amount: number, shares: ReadonlyArray<number>, count: number) {
  if (status === "refunded") return partsOf(amount, shares, count)
  return status === "paid" ? partsBelow(amount, shares) : []
}

/** Refunds that stay below an amount. */
function partsBelow(amount: number, shares: ReadonlyArray<number>): ReadonlyArray<number> {
  let left = amount - 1
  return shares.flatMap(share => {
    const part = Math.min(left, Math.ceil((amount * share) / 200))
    left -= part
    return part === 0 ? [] : [part]
  })
}

/** Refunds that reach an amount, at most `count`: the last is what the others leave. */
function partsOf(amount: number, shares: ReadonlyArray<number>, count: number): ReadonlyArray<number> {
  const parts = partsBelow(amount, shares).slice(0, count - 1)
  return [...parts, amount - parts.reduce((sum, part) => sum + part, 0)]
}
