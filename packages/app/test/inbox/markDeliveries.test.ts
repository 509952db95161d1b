import type { Part, PaymentId } from "@payfold/domain"
import { expect, test } from "vitest"
import { markOf } from "../../src/inbox/markDeliveries.ts"

// A part's payment is only counted here, never read.
const implied: Part = { _tag: "Implied", payment: "omise:chrg_1" as PaymentId, events: [] }

test("records a delivery that implies something", () => {
  expect(markOf([implied])).toEqual({ state: "recorded", reason: null })
})

test("records a delivery of which only a part concerns a payment, and keeps why the other does not", () => {
  expect(markOf([implied, { _tag: "Ignored", reason: "a customer" }])).toEqual({
    state: "recorded",
    reason: "object 2: a customer",
  })
})

test("ignores a delivery that concerns no payment", () => {
  expect(markOf([{ _tag: "Ignored", reason: "a customer" }])).toEqual({ state: "ignored", reason: "a customer" })
})

test("quarantines a delivery with any part that cannot be read", () => {
  expect(markOf([implied, { _tag: "Unreadable", reason: "no amount" }])).toEqual({
    state: "quarantined",
    reason: "object 2: no amount",
  })
})

test("replaces in a reason what no store accepts", () => {
  expect(markOf([{ _tag: "Unreadable", reason: "word \0 \ud800" }]).reason).toBe("word \uFFFD \uFFFD")
})
