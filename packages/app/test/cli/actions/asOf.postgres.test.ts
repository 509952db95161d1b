import { Effect, Result } from "effect"
import { expect } from "vitest"
import { asOfFromText, positionOf } from "../../../src/cli/actions/asOf.ts"
import { ingest } from "../../../src/inbox/ingest.ts"
import { EventLog } from "../../../src/log/EventLog.ts"
import { setMerchant } from "../../../src/merchant/Merchant.ts"
import { dayIn } from "../../../src/projection/dayIn.ts"
import { body, konbiniPaid } from "../../bodies.ts"
import { describeEachEngine } from "../../describeEachEngine.ts"

describeEachEngine("as of", ({ test }) => {
  test("a day is all of that day where the merchant is", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const { merchant } = log
      // The farthest apart that clocks are: what is today in one place is tomorrow in the other.
      yield* setMerchant(merchant, { timeZone: "Pacific/Kiritimati" })
      yield* ingest(merchant, "omise", [body(konbiniPaid)])
      const { recordedAt } = yield* log.head
      const today = dayIn("Pacific/Kiritimati", recordedAt ?? "")
      const yesterday = dayIn("Pacific/Kiritimati", new Date(Date.parse(recordedAt ?? "") - 86_400_000).toISOString())
      const at = (day: string) => positionOf(merchant, { _tag: "Day", day })
      expect(yield* at(today)).toEqual({
        position: 3,
        words: `the end of ${today} in Pacific/Kiritimati, position 3 of 3`,
      })
      expect((yield* at(yesterday)).position).toBe(0)
      yield* setMerchant(merchant, { timeZone: "Pacific/Pago_Pago" })
      expect((yield* at(today)).position).toBe(3)
      expect((yield* positionOf(merchant, { _tag: "Position", position: 2 })).position).toBe(2)
    }))

  test("refuses a position that is not there yet, and what is no moment", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const refused = yield* Effect.flip(positionOf(merchant, { _tag: "Position", position: 1 }))
      expect(refused.message).toContain("the log ends at 0")
      expect(asOfFromText("2026-11-01")).toEqual(Result.succeed({ _tag: "Day", day: "2026-11-01" }))
      expect(Result.isFailure(asOfFromText("2026-11-31"))).toBe(true)
    }))
})
