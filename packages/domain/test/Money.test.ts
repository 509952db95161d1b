import { describe, expect, it } from "vitest"
import { currencyDigits, formatMoney, toMoney } from "../src/Money.ts"

describe("toMoney", () => {
  it.each([1, 2, 2 ** 53 - 1])("reads %d minor units", amount => {
    expect(toMoney(amount, "JPY")).toEqual({ amount, currency: "JPY" })
  })

  it.each([0, -0, -1, 0.5, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, "1", 1n, null, undefined])(
    "refuses %s as an amount",
    amount => {
      expect(toMoney(amount, "JPY")).toBeUndefined()
    },
  )

  it("reads a currency in small letters", () => {
    expect(toMoney(1, "thb")).toEqual({ amount: 1, currency: "THB" })
  })

  it.each(["", "JP", "JPYX", "J Y", "ＪＰＹ", "ßk", "ıIN", " JPY", "JPY\n", 392, null, undefined])(
    "refuses %s as a currency",
    currency => {
      expect(toMoney(1, currency)).toBeUndefined()
    },
  )
})

describe("formatMoney", () => {
  it.each([
    [0, "JPY", "¥0"],
    [1, "JPY", "¥1"],
    [1_500, "JPY", "¥1,500"],
    [400_000, "THB", "฿4,000.00"],
    [1, "THB", "฿0.01"],
    [99, "USD", "$0.99"],
    [100, "USD", "$1.00"],
    [-5, "USD", "-$0.05"],
    [1_234, "KWD", "KWD 1.234"],
    [1, "CLF", "CLF 0.0001"],
    [2 ** 53 - 1, "JPY", "¥9,007,199,254,740,991"],
    [2 ** 53 - 1, "USD", "$90,071,992,547,409.91"],
    [100, "QQQ", "QQQ 1.00"],
  ])("writes %d minor units of %s as %s", (amount, currency, written) => {
    expect(formatMoney({ amount, currency }).replaceAll("\u00a0", " ")).toBe(written)
  })
})

describe("currencyDigits", () => {
  it.each([
    ["JPY", 0],
    ["KRW", 0],
    ["USD", 2],
    ["BHD", 3],
    ["UYW", 4],
    ["QQQ", 2],
    ["constructor", 2],
  ])("of %s are %d", (currency, digits) => {
    expect(currencyDigits(currency)).toBe(digits)
  })
})
