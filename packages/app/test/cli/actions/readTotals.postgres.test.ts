import { Effect } from "effect"
import { expect } from "vitest"
import { eachTotalsPage, type TotalsFilters, totalsByDay } from "../../../src/cli/actions/readTotals.ts"
import { omiseKonbini, omiseThai } from "../../../src/demo/bodies.ts"
import { ingest } from "../../../src/inbox/ingest.ts"
import { EventLog } from "../../../src/log/EventLog.ts"
import { setMerchant } from "../../../src/merchant/Merchant.ts"
import type { DailyTotalsTable } from "../../../src/projection/dailyTotals.ts"
import { readStatus } from "../../../src/replay/readStatus.ts"
import { body } from "../../bodies.ts"
import { describeEachEngine } from "../../describeEachEngine.ts"

const PAID = { status: "successful", authorized: true, paid: true }
const paid = (id: string, yen: number, paidAt: string, changes = {}) =>
  body(omiseKonbini(id, yen, id, { ...PAID, paid_at: paidAt, ...changes }))

const someDays = Effect.gen(function* () {
  const { merchant } = yield* EventLog
  yield* ingest(merchant, "omise", [
    paid("chrg_1", 1000, "2026-06-01T14:59:59Z"),
    // The next day in Japan.
    paid("chrg_2", 200, "2026-06-01T15:00:00Z"),
    paid("chrg_3", 30, "2026-06-01T15:00:00Z"),
    paid("chrg_4", 4, "2026-06-01T15:00:00Z", { livemode: false }),
    body(omiseThai("chrg_5", 50_000, "B", { type: "promptpay" }, { ...PAID, paid_at: "2026-06-02T00:00:00Z" })),
  ])
  return merchant
})

const summed = Effect.fnUntraced(function* (merchant: string, filters: TotalsFilters) {
  const days = yield* totalsByDay(merchant, filters)
  return days.map(({ currency, mode, day, received_amount }) => `${currency} ${mode} ${day} ${received_amount}`)
})

describeEachEngine("totals", ({ test }) => {
  test("adds up the days of the merchant's time zone by currency and mode, and filters", () =>
    Effect.gen(function* () {
      const merchant = yield* someDays
      const live = ["JPY live 2026-06-01 1000", "JPY live 2026-06-02 230"]
      const [testMoney, baht] = ["JPY test 2026-06-02 4", "THB live 2026-06-02 50000"]
      const cases: ReadonlyArray<readonly [TotalsFilters, ReadonlyArray<string>]> = [
        [{}, [...live, testMoney, baht]],
        [{ from: "2026-06-02", to: "2026-06-02" }, [...live.slice(1), testMoney, baht]],
        [{ to: "2026-06-01" }, live.slice(0, 1)],
        [{ currency: "JPY", mode: "live" }, live],
        [{ mode: "test" }, [testMoney]],
        [{ method: "QrCode" }, [baht]],
        [{ provider: "univapay" }, []],
      ]
      for (const [filters, expected] of cases) {
        expect([filters, yield* summed(merchant, filters)]).toEqual([filters, expected])
      }
    }))

  test("gives every row of the view, with amounts as texts, past any page", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const days = Array.from({ length: 1001 }, (_, index) => new Date(Date.UTC(2020, 0, index + 1)).toISOString())
      yield* ingest(
        merchant,
        "omise",
        days.map((day, index) => paid(`chrg_${index}`, 100 + index, day)),
      )
      const rows: Array<DailyTotalsTable> = []
      yield* eachTotalsPage(merchant, {}, page => rows.push(...page))
      expect(rows.map(row => [row.day, row.received_amount])).toEqual(
        days.map((day, index) => [day.slice(0, 10), String(100 + index)]),
      )
    }))

  test("status says that totals of another time zone must be rebuilt", () =>
    Effect.gen(function* () {
      const merchant = yield* someDays
      yield* setMerchant(merchant, { timeZone: "Asia/Bangkok" })
      const { merchants } = yield* readStatus()
      const views = merchants.find(one => one.merchant === merchant)?.views ?? []
      expect(
        views.flatMap(({ projection, rebuildNeeded }) => (rebuildNeeded === null ? [] : [[projection, rebuildNeeded]])),
      ).toEqual([["daily_totals", expect.stringContaining("payfold rebuild daily_totals")]])
    }))
})
