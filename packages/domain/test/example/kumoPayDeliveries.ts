import { type Deliveries, minute, type Snapshot, type Truth, truths } from "@payfold/domain/testing"
import fc from "fast-check"

const payments = truths({
  provider: "kumo-pay",
  chargeIds: fc.constantFrom("kp_1", "kp_2"),
  methods: fc.constantFrom("lawson", "family-mart").map(store => ({ _tag: "Konbini", store })),
  currencies: fc.constant("JPY"),
  statuses: ["awaiting", "expired", "failed", "paid", "refunded"],
  refundIds: fc.constantFrom("re_1", "re_2", "re_3"),
  late: ["paid-after-expired"],
})

/** What KumoPay has for a payment: the waiting charge, its end, the money that came after all, and the charge again with each refund. */
function tell(truth: Truth, hidesCode: boolean): readonly [Snapshot, ...ReadonlyArray<Snapshot>] {
  const { payment, method, mode, requested, status, wentBack, orderReference } = truth
  const charge = (state: string, rest: object, hides = hidesCode): Snapshot => ({
    label: `charge ${state}`,
    objects: ["charge"],
    instructs: !hides,
    habits: hides ? ["code hidden at the end"] : [],
    body: {
      id: payment.slice("kumo-pay:".length),
      ...{ amount: requested.amount, currency: requested.currency.toLowerCase(), state, live: mode === "live" },
      shop: method._tag === "Konbini" ? method.store : null,
      code: hides ? null : "0001-2345",
      pay_by: "2025-01-04T23:59:59+09:00",
      ...(orderReference === undefined ? {} : { order: orderReference }),
      ...rest,
    },
  })
  const lapsed = charge("lapsed", {})
  const paid = charge("paid", { paid_on: minute(5) })
  const refunds = wentBack.map(({ id, amount }) => ({ id, amount }))
  const refunded = refunds.map((_, index) =>
    charge("paid", { paid_on: minute(5), refunds: refunds.slice(0, index + 1) }),
  )
  const late = truth.discrepancies.includes("paid-after-expired") ? [lapsed] : []
  const ends: Readonly<Record<Truth["status"], ReadonlyArray<Snapshot>>> = {
    ...{ created: [], awaiting: [], expired: [lapsed], failed: [charge("refused", { error: "counter_closed" })] },
    ...{ paid: [...late, paid, ...refunded], refunded: [...late, paid, ...refunded] },
  }
  return [charge("waiting", {}, false), ...ends[status]]
}

export const kumoPayDeliveries: Deliveries = {
  stories: fc.tuple(payments, fc.boolean()).map(([truth, hidesCode]) => ({ truth, snapshots: tell(truth, hidesCode) })),
  declared: {
    statuses: ["awaiting", "expired", "failed", "paid", "refunded"],
    discrepancies: ["paid-after-expired"],
    methods: ["Konbini"],
    habits: ["code hidden at the end"],
  },
}
