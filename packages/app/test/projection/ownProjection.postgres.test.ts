import { createdEvent, minute, money, paidEvent } from "@payfold/domain/testing"
import { Effect, Fiber } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { setMerchant } from "../../src/merchant/Merchant.ts"
import { Database } from "../../src/postgres/Database.ts"
import { dailyTotals } from "../../src/projection/dailyTotals.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUp, catchUpAll } from "../../src/projection/project.ts"
import { waitFor } from "../../src/projection/waitFor.ts"
import { rebuild } from "../../src/replay/rebuild.ts"
import { recordSteps } from "../../testing/views/writeBooks.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { withWaits } from "../examples/ownProjection.ts"
import { summedEvents } from "../examples/summedEvents.ts"

const PAYMENT = "example:c1"
const twoReports = [
  { payment: PAYMENT, events: [createdEvent({ createdAt: minute(0) }), paidEvent({ received: money(100, "JPY") })] },
  { payment: PAYMENT, events: [paidEvent({ received: money(100, "JPY"), paidAt: minute(2) })] },
]

const rowsOf = Effect.fnUntraced(function* (view: string) {
  const database = yield* Database
  const { merchant } = yield* EventLog
  const found = yield* database.query("read view", kysely =>
    sql<Record<string, unknown>>`select * from payfold.${sql.id(view)} where merchant = ${merchant}`.execute(kysely),
  )
  return found.rows
})

describeEachEngine("a view", ({ test }) => {
  test("of the user's own is projected, rebuilt and read beside ours", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* recordSteps(twoReports.slice(0, 1), 1)
      yield* withWaits(catchUpAll(merchant))
      expect(yield* rowsOf("waits")).toEqual([{ merchant, payment_id: PAYMENT, seconds: null }])
      yield* recordSteps(twoReports.slice(1), 1)
      yield* withWaits(catchUpAll(merchant))
      expect(yield* rowsOf("waits")).toEqual([{ merchant, payment_id: PAYMENT, seconds: 120 }])
      expect(yield* rowsOf("payments")).toMatchObject([{ status: "paid" }])
    }))

  test("that sums PaymentPaid events is found out: its rows depend on how the reports came", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* recordSteps(twoReports, 1)
      yield* catchUp(merchant, summedEvents)
      yield* catchUpAll(merchant)
      expect(yield* rowsOf("revenue")).toMatchObject([{ amount: "200" }])
      expect(yield* rowsOf("daily_totals")).toMatchObject([{ received_count: 1, received_amount: "100" }])
    }))

  test("shows what one has written, to whoever waits for it", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* catchUp(merchant, payments)
      const waiting = yield* Effect.forkChild(Effect.andThen(waitFor(merchant, "payments", 2), rowsOf("payments")))
      yield* recordSteps(twoReports.slice(0, 1), 1)
      yield* catchUp(merchant, payments)
      expect(yield* Fiber.join(waiting)).toMatchObject([{ payment_id: PAYMENT, position: 2 }])
    }))

  test("made with another time zone must be rebuilt, then has the days of the new one", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      yield* recordSteps(twoReports, 1)
      yield* catchUpAll(merchant)
      expect(yield* rowsOf("daily_totals")).toMatchObject([{ day: "2025-01-01", day_from: "provider" }])
      yield* setMerchant(merchant, { timeZone: "America/New_York" })
      expect((yield* Effect.flip(catchUp(merchant, dailyTotals))).message).toContain("payfold rebuild daily_totals")
      yield* catchUp(merchant, payments)
      yield* rebuild(dailyTotals)
      yield* catchUpAll(merchant)
      expect(yield* rowsOf("daily_totals")).toMatchObject([{ day: "2024-12-31", day_from: "provider" }])
    }))
})
