import { describe, expect, test } from "vitest"
import { instantFromText, safeIntegerFromText } from "../../src/postgres/columnParsers.ts"

describe("a bigint column", () => {
  test("reads as a number up to 2^53 − 1 on both sides", () => {
    expect(["0", "1", "-1", "9007199254740991", "-9007199254740991"].map(safeIntegerFromText)).toEqual([
      0, 1, -1, 9007199254740991, -9007199254740991,
    ])
  })

  test("refuses what a number would round", () => {
    for (const text of ["9007199254740992", "-9007199254740992", "9223372036854775807"]) {
      expect(() => safeIntegerFromText(text)).toThrow(RangeError)
    }
  })
})

describe("a timestamptz column", () => {
  test("reads as an instant in UTC with three decimals, whatever the session's time zone", () => {
    const instant = "2026-11-20T01:02:03.450Z"
    for (const text of ["2026-11-20 01:02:03.45+00", "2026-11-20 10:02:03.45+09", "2026-11-19 21:32:03.450999-03:30"]) {
      expect(instantFromText(text)).toBe(instant)
    }
  })

  test("reads as it is written with three decimals, and not where only the length is that", () => {
    expect(instantFromText("2026-11-20 01:02:03.456+00")).toBe("2026-11-20T01:02:03.456Z")
    expect(instantFromText("10000-01-01 00:00:00.12+00")).toBe("10000-01-01 00:00:00.12+00")
    expect(instantFromText("2026-11-20 01:02:03.4567+09")).toBe("2026-11-19T16:02:03.456Z")
  })

  test("keeps infinity as it is", () => {
    expect(["infinity", "-infinity"].map(instantFromText)).toEqual(["infinity", "-infinity"])
  })
})
