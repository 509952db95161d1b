import { expect, test } from "vitest"
import type { TotalsOfDay } from "../../../src/cli/actions/readTotals.ts"
import { bar, totalsText } from "../../../src/cli/actions/totalsTable.ts"
import { displayWidth } from "../../../src/cli/table.ts"

const day = (date: string, amount: string, changes: Partial<TotalsOfDay> = {}): TotalsOfDay => ({
  day: date,
  day_from: "provider",
  currency: "JPY",
  mode: "live",
  received_count: 1,
  received_amount: amount,
  refunded_count: 0,
  refunded_amount: "0",
  ...changes,
})

test("adds up days of one currency and mode, and nothing across them", () => {
  const text = totalsText(
    [
      day("2026-06-01", "1000"),
      day("2026-06-02", "3000", { refunded_count: 1, refunded_amount: "500" }),
      day("2026-06-02", "250", { day_from: "recorded" }),
      day("2026-06-01", "9999", { mode: "test" }),
      day("2026-06-01", "0", { currency: "unknown", received_count: 2 }),
    ],
    "Asia/Tokyo",
    60,
  )
  expect(text.split("\n").map(line => line.trimEnd())).toEqual([
    "JPY live",
    "day                   payments  received  refunds  refunded",
    "2026-06-01                   1    ¥1,000                     █▍",
    "2026-06-02                   1    ¥3,000        1      ¥500  ████",
    "2026-06-02  recorded         1      ¥250                     ▍",
    "total                        3    ¥4,250        1      ¥500",
    "",
    "JPY test",
    "day         payments  received",
    "2026-06-01         1    ¥9,999  ████████████████████████████",
    "",
    "unknown live",
    "day         payments",
    "2026-06-01         2",
    "",
    "Days in Asia/Tokyo; recorded: no report names the day, so it is the one on which we learned it",
  ])
})

test("adds up exactly beyond what a number holds", () => {
  const text = totalsText([day("2026-06-01", "9007199254740993"), day("2026-06-02", "1")], "UTC", 80)
  expect(text).toContain("¥9,007,199,254,740,993")
  expect(text).toContain("¥9,007,199,254,740,994")
})

test.each([60, 80, 200])("keeps within %i columns", width => {
  const text = totalsText([day("2026-06-01", "1000"), day("2026-06-02", "1")], "UTC", width)
  for (const line of text.split("\n").slice(0, -1)) expect(displayWidth(line)).toBeLessThanOrEqual(width)
})

test("shows whatever is more than nothing, and no more than the whole", () => {
  expect(bar(0, 1000, 8)).toBe("")
  expect(bar(1, 1_000_000, 8)).toBe("▏")
  expect(bar(500, 1000, 8)).toBe("████")
  expect(bar(1000, 1000, 8)).toBe("████████")
})
