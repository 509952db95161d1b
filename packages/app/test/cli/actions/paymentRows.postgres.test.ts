import { Effect } from "effect"
import { expect } from "vitest"
import { eachPaymentPage, type ListedPayment, type PaymentFilters } from "../../../src/cli/actions/paymentRows.ts"
import { omiseKonbini, omiseThai, univapayKonbini } from "../../../src/demo/bodies.ts"
import { ingest } from "../../../src/inbox/ingest.ts"
import { EventLog } from "../../../src/log/EventLog.ts"
import { body } from "../../bodies.ts"
import { describeEachEngine } from "../../describeEachEngine.ts"

const NOW = "2026-07-01T00:00:00.000Z"

/** A konbini charge that waits until a moment. */
const waiting = (id: string, expiresAt: string, changes = {}) => {
  const charge = omiseKonbini(id, 1500, `order-${id}`, changes)
  return body({ ...charge, source: { ...Object(charge["source"]), references: { expires_at: expiresAt } } })
}

const listed = Effect.fnUntraced(function* (filters: PaymentFilters) {
  const { merchant } = yield* EventLog
  const rows: Array<ListedPayment> = []
  yield* eachPaymentPage(merchant, filters, NOW, page => rows.push(...page))
  return rows
})

const ids = (rows: ReadonlyArray<ListedPayment>) => rows.map(row => row.payment_id.replace(/^omise:chrg_/, ""))

const someOfEach = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  yield* ingest(merchant, "omise", [
    waiting("chrg_late", "2026-06-30T14:59:59Z"),
    waiting("chrg_now", NOW),
    waiting("chrg_soon", "2026-07-01T14:59:59Z"),
    waiting("chrg_later", "2026-07-09T14:59:59Z", { created: "2026-06-30T00:00:00Z" }),
    waiting("chrg_paid", "2026-06-29T00:00:00Z", { status: "successful", authorized: true, paid: true }),
    body(omiseThai("chrg_bill", 400_000, "B-1", { type: "bill_payment_tesco_lotus", flow: "offline" })),
  ])
  const { created_on: _, ...undated } = univapayKonbini("11ed07f5-0000-4000-8000-000000000008", 100, "awaiting", {})
  yield* ingest(merchant, "univapay", [body(undated)])
})

describeEachEngine("listing payments", ({ test }) => {
  test("lists what is due within a time, what is overdue first and marked", () =>
    Effect.gen(function* () {
      yield* someOfEach
      const rows = yield* listed({ deadlineUntil: "2026-07-02T00:00:00.000Z" })
      expect(rows.map(row => [row.payment_id, row.overdue])).toEqual([
        ["omise:chrg_late", true],
        // The deadline is the last moment at which one can pay.
        ["omise:chrg_now", false],
        ["omise:chrg_soon", false],
      ])
      expect(ids(yield* listed({ deadlineUntil: "2026-06-30T14:59:58.999Z" }))).toEqual([])
      expect((yield* listed({})).find(row => row.payment_id === "omise:chrg_paid")?.overdue).toBe(false)
    }))

  test("combines status, provider, method, order and age", () =>
    Effect.gen(function* () {
      yield* someOfEach
      const unknown = "univapay:11ed07f5-0000-4000-8000-000000000008"
      const cases: ReadonlyArray<readonly [PaymentFilters, ReadonlyArray<string>]> = [
        [{ status: "paid" }, ["paid"]],
        [{ provider: "univapay" }, [unknown]],
        [{ provider: "omise", method: "BillPayment" }, ["bill"]],
        [{ method: null }, [unknown]],
        [{ order: "order-chrg_soon" }, ["soon"]],
        [{ order: "order-chrg_soon", status: "paid" }, []],
        [{ createdUntil: "2026-06-01T02:53:39.000Z" }, ["late", "now", "paid", "soon"]],
        [{ createdUntil: "2026-06-01T02:53:38.999Z" }, []],
        // No report tells when this one was created: its age is how long we know it, and this test is younger than the reports.
        [{ createdFrom: "2026-06-29T00:00:00.000Z" }, ["later", unknown]],
        [{ createdFrom: "2026-06-02T00:00:00.000Z", provider: "omise" }, ["bill", "later"]],
        [{ createdFrom: "2026-06-02T00:00:00.000Z", provider: "omise", status: "awaiting" }, ["later"]],
        [{ deadlineUntil: "2026-07-30T00:00:00.000Z", method: "CounterCash", order: "order-chrg_later" }, ["later"]],
        // No report names a deadline.
        [{ deadlineUntil: "2026-07-30T00:00:00.000Z", method: "BillPayment" }, []],
      ]
      for (const [filters, expected] of cases)
        expect([filters, ids(yield* listed(filters))]).toEqual([filters, expected])
    }))

  test("goes on behind every page, also where many have one deadline", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const many = Array.from({ length: 1001 }, (_, index) => `chrg_${String(index).padStart(4, "0")}`)
      yield* ingest(
        merchant,
        "omise",
        many.map(id => waiting(id, "2026-07-01T14:59:59Z")),
      )
      const expected = many.map(id => id.replace("chrg_", ""))
      expect(ids(yield* listed({}))).toEqual(expected)
      expect(ids(yield* listed({ deadlineUntil: "2026-07-02T00:00:00.000Z" }))).toEqual(expected)
    }))
})
