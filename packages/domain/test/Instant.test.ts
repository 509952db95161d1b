import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { Instant, instantFromMilliseconds, toInstant } from "../src/Instant.ts"

describe("toInstant", () => {
  it.each([
    ["2025-03-20T09:41:53Z", "2025-03-20T09:41:53.000Z"],
    ["2025-03-20T09:41:53.1Z", "2025-03-20T09:41:53.100Z"],
    ["2025-03-20T09:41:53.123999Z", "2025-03-20T09:41:53.123Z"],
    ["2025-03-20T18:41:53+09:00", "2025-03-20T09:41:53.000Z"],
    ["2025-03-20T18:41+0900", "2025-03-20T09:41:00.000Z"],
    ["2025-01-01T00:00:00+09:00", "2024-12-31T15:00:00.000Z"],
    ["2024-02-29T23:59:59-11:30", "2024-03-01T11:29:59.000Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
    ["1969-12-31T23:00:00-01:00", "1970-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("reads %s as %s", (text, instant) => {
    expect(toInstant(text)).toBe(instant)
  })

  it.each([
    "",
    "2025-03-20",
    "2025-03-20T09:41:53",
    "2025-02-30T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z",
    "2025-00-01T00:00:00Z",
    "2025-01-00T00:00:00Z",
    "2025-01-01T24:00:00Z",
    "2025-01-01T23:60:00Z",
    "2025-01-01T23:59:60Z",
    "2025-01-01T00:00:00+24:00",
    "2025-01-01T00:00:00.1234567890Z",
    "0070-01-01T00:00:00Z",
    "0099-12-31T23:59:59Z",
    "1969-12-31T23:59:59Z",
    "9999-12-31T23:59:59-01:00",
    "2025-03-20T09:41:53Z\n",
    "２０２５-03-20T09:41:53Z",
    "1742463713",
  ])("refuses %j", text => {
    expect(toInstant(text)).toBeUndefined()
  })
})

describe("the schema of an instant", () => {
  it("accepts what toInstant writes, and no day that the calendar has not", () => {
    const isInstant = Schema.is(Instant)
    expect(isInstant("2025-02-28T00:00:00.000Z")).toBe(true)
    for (const text of ["2025-02-29T00:00:00.000Z", "2025-99-99T00:00:00.000Z", "2025-02-28T00:00:00Z"]) {
      expect(isInstant(text)).toBe(false)
    }
  })
})

describe("instantFromMilliseconds", () => {
  it.each([
    [0, "1970-01-01T00:00:00.000Z"],
    [253_402_300_799_999, "9999-12-31T23:59:59.999Z"],
    [-1, undefined],
    [253_402_300_800_000, undefined],
    [0.5, undefined],
    [Number.NaN, undefined],
  ])("reads %d as %s", (milliseconds, instant) => {
    expect(instantFromMilliseconds(milliseconds)).toBe(instant)
  })
})
