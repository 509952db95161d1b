import { toInstant } from "@payfold/domain"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { computeDeadline, deadlineOf } from "../src/deadline.ts"
import type { Charge } from "../src/wire/Charge.ts"

const END_OF_DAY = "23:59:59+09:00"

describe("the guide's arithmetic", () => {
  test("one week from 1 January ends on 8 January at 23:59 in Japan", () => {
    expect(computeDeadline("2026-01-01T00:00:00+09:00", "P7D", "23:59:00+09:00")).toBe(
      toInstant("2026-01-08T23:59:00+09:00"),
    )
    expect(computeDeadline("2026-01-01T23:59:59.999999+09:00", "P7D", "23:59:00+09:00")).toBe(
      toInstant("2026-01-08T23:59:00+09:00"),
    )
  })

  test("the day of creation is the day in Japan: 15:00 UTC is tomorrow there", () => {
    expect(computeDeadline("2026-01-01T14:59:59.99999Z", "P1D", END_OF_DAY)).toBe(
      toInstant("2026-01-02T23:59:59+09:00"),
    )
    expect(computeDeadline("2026-01-01T15:00:00Z", "P1D", END_OF_DAY)).toBe(toInstant("2026-01-03T23:59:59+09:00"))
  })

  test("216 hours are nine days", () => {
    expect(computeDeadline("2026-02-20T01:00:00Z", "PT216H", END_OF_DAY)).toBe(
      computeDeadline("2026-02-20T01:00:00Z", "P9D", END_OF_DAY),
    )
  })

  test("the time of day is at the shift's own offset", () => {
    expect(computeDeadline("2026-01-01T00:00:00+09:00", "P7D", "09:00:00.000+00:00")).toBe(
      toInstant("2026-01-08T18:00:00+09:00"),
    )
  })

  test.each(["", "P1M", "P1W", "PT100H", "PT90M", "P1DT1H", "7D", "P-7D", "P99999D", "30"])(
    "the period %j is unknown",
    period => {
      expect(computeDeadline("2026-01-01T00:00:00Z", period, END_OF_DAY)).toBeUndefined()
    },
  )

  test.each([undefined, "", "23:59:59", "24:00:00+09:00", "noon"])("the time shift %j is unknown", shift => {
    expect(computeDeadline("2026-01-01T00:00:00Z", "P7D", shift)).toBeUndefined()
  })

  test("is unknown rather than before the creation", () => {
    expect(computeDeadline("2026-01-01T12:00:00+09:00", "P0D", "00:00:00+09:00")).toBeUndefined()
    expect(computeDeadline("9999-12-31T12:00:00Z", "P30D", END_OF_DAY)).toBeUndefined()
    expect(computeDeadline(undefined, "P7D", END_OF_DAY)).toBeUndefined()
  })

  test("property: a deadline never precedes the creation", () => {
    const twoDigits = (max: number) => fc.integer({ min: 0, max }).map(value => String(value).padStart(2, "0"))
    const shift = fc
      .tuple(twoDigits(23), twoDigits(59), twoDigits(59), fc.constantFrom("+", "-"), twoDigits(14), twoDigits(59))
      .map(([h, m, s, sign, oh, om]) => `${h}:${m}:${s}${sign}${oh}:${om}`)
    const period = fc.oneof(
      fc.integer({ min: 0, max: 400 }).map(days => `P${days}D`),
      fc.integer({ min: 0, max: 9_600 }).map(hours => `PT${hours}H`),
    )
    const created = fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true })
    fc.assert(
      fc.property(created, period, shift, (date, text, time) => {
        const deadline = computeDeadline(date.toISOString(), text, time)
        expect(deadline === undefined || deadline >= date.toISOString()).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe("where it comes from", () => {
  const charge: Charge = {
    id: "charge-1",
    requested_amount: 100,
    requested_currency: "JPY",
    status: "awaiting",
    created_on: "2026-01-01T00:00:00Z",
  }
  const token = { payment_type: "konbini", data: { expiration_period: "P7D", expiration_time_shift: END_OF_DAY } }

  test("an expiry that was fetched goes before the token, readable or not", () => {
    expect(deadlineOf(charge, token, { expiration_date: "2026-01-20T14:59:59Z" })).toBe(
      toInstant("2026-01-20T14:59:59Z"),
    )
    expect(deadlineOf(charge, token, { expiration_date: "soon" })).toBeUndefined()
    expect(deadlineOf(charge, token, {})).toBeUndefined()
  })

  test("a date asked for with the charge makes the token's period void", () => {
    expect(deadlineOf({ ...charge, capture_at: "2026-01-05T00:00:00Z" }, token, undefined)).toBeUndefined()
    expect(deadlineOf({ ...charge, capture_at: null }, token, undefined)).toBe(toInstant("2026-01-08T23:59:59+09:00"))
  })

  test("only cash has a deadline to compute", () => {
    expect(deadlineOf(charge, { ...token, payment_type: "card" }, undefined)).toBeUndefined()
    expect(deadlineOf(charge, undefined, undefined)).toBeUndefined()
  })
})
