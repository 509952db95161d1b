import { expect, test } from "vitest"
import { differenceText } from "../../../src/cli/actions/rebuildText.ts"

const events = [
  { payment: "omise:chrg_1", version: 1, position: 7, type: "PaymentPaid", recordedAt: "2026-06-01T00:00:00.000Z" },
]
const key = { merchant: "default", payment_id: "omise:chrg_1" }

test("shows a changed row by the columns in which it changed, then the events behind it", () => {
  const before = { ...key, status: "awaiting", paid_at: null, method: "Konbini" }
  const after = { ...key, status: "paid\u009b", paid_at: "2026-06-01", method: "Konbini" }
  expect(differenceText({ table: "payments", key, before, after, events }).split("\n")).toEqual([
    "@@ payments omise:chrg_1",
    '-   status   "awaiting"',
    '+   status   "paid\uFFFD"',
    "-   paid_at  null",
    '+   paid_at  "2026-06-01"',
    "    omise:chrg_1 1 PaymentPaid, position 7, recorded 2026-06-01T00:00:00.000Z",
  ])
})

test("shows a row of one side with what is known of it", () => {
  const row = { ...key, status: "paid", paid_at: null }
  expect(differenceText({ table: "payments", key, before: null, after: row, events: [] }).split("\n")).toEqual([
    "@@ payments omise:chrg_1: not in the live view",
    '+   status   "paid"',
  ])
  expect(differenceText({ table: "payments", key, before: row, after: null, events: [] }).split("\n")).toEqual([
    "@@ payments omise:chrg_1: only in the live view",
    '-   status   "paid"',
  ])
})
