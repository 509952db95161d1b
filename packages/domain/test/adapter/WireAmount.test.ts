import { Option, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { WireAmount, WireCurrency, WireWholeNumber } from "../../src/adapter/Adapter.ts"

const amountOf = Schema.decodeUnknownOption(WireAmount)
const wholeNumberOf = Schema.decodeUnknownOption(WireWholeNumber)

/** What is written like a number, and is none that could be read without a guess. */
const GUESSES = ["", " 7", "7 ", "07", "+7", "-7", "7.0", "1,500", "1e3", "0x10", "７", "7\n", "1".repeat(17), "yen"]
const NO_NUMBERS = [undefined, null, true, [7], ["7"], { amount: 7 }, 0.5, Number.NaN, 2 ** 53, "9007199254740992"]

describe("an amount on the wire", () => {
  it.each([
    [1, 1],
    ["1", 1],
    ["1500", 1_500],
    [2 ** 53 - 1, 2 ** 53 - 1],
    ["9007199254740991", 2 ** 53 - 1],
  ])("of %j is %d", (wire, amount) => {
    expect(amountOf(wire)).toEqual(Option.some(amount))
  })

  it.each([0, "0", -0, -1, ...GUESSES, ...NO_NUMBERS])("is refused where it is %j", wire => {
    expect(amountOf(wire)).toEqual(Option.none())
  })
})

describe("a whole number on the wire", () => {
  it.each([
    [0, 0],
    ["0", 0],
    [-7, -7],
    ["7", 7],
    [2 ** 53 - 1, 2 ** 53 - 1],
  ])("of %j is %d", (wire, number) => {
    expect(wholeNumberOf(wire)).toEqual(Option.some(number))
  })

  it("is never −0, which no store gives back as it was", () => {
    expect(Object.is(Option.getOrThrow(wholeNumberOf(-0)), 0)).toBe(true)
  })

  it.each([...GUESSES, ...NO_NUMBERS])("is refused where it is %j", wire => {
    expect(wholeNumberOf(wire)).toEqual(Option.none())
  })
})

describe("a currency on the wire", () => {
  const isCurrency = Schema.is(WireCurrency)

  it.each(["JPY", "jpy", "Jpy"])("may be %s", code => expect(isCurrency(code)).toBe(true))

  it.each(["", "JP", "JPYX", "J1Y", " JPY", "円円円", 392, null])("is not %j", code =>
    expect(isCurrency(code)).toBe(false),
  )
})
