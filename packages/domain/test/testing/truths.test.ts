import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { netWentBack, rightfulAmounts } from "../../testing/deliveries/Truth.ts"
import { truths } from "../../testing/deliveries/truths.ts"
import { methods } from "../../testing/generators/methods.ts"

const payments = truths({
  provider: "example",
  chargeIds: fc.constant("c1"),
  methods,
  currencies: fc.constant("JPY"),
  statuses: ["created", "awaiting", "expired", "failed", "paid", "refunded"],
  refundIds: fc.constantFrom("r1", "r2", "r3"),
  late: ["paid-after-expired"],
})

describe("a truth", () => {
  it("has received money exactly when it is paid or refunded, and gave back less, or all of it", () => {
    fc.assert(
      fc.property(payments, truth => {
        const back = netWentBack(truth).get("JPY") ?? 0
        const received = truth.received?.amount ?? 0
        if (truth.status === "refunded") return back === received && received > 0
        return truth.status === "paid" ? back < received : back === 0 && received === 0
      }),
    )
  })

  it("names each refund once", () => {
    fc.assert(fc.property(payments, ({ wentBack }) => new Set(wentBack.map(({ id }) => id)).size === wentBack.length))
  })

  it("may rightly be told by its amounts and the totals on the way", () => {
    const [truth] = fc.sample(
      payments.filter(({ wentBack }) => wentBack.length === 2),
      { numRuns: 1, seed: 7 },
    )
    const [first, second] = truth?.wentBack ?? []
    expect(truth).toBeDefined()
    if (truth === undefined || first === undefined || second === undefined) return
    const amounts = [truth.requested.amount, first.amount, second.amount, first.amount + second.amount]
    expect(rightfulAmounts(truth)).toEqual(new Set(amounts.map(amount => `${amount} JPY`)))
  })
})
