import { describe, expect, test } from "vitest"
import { nextStatement } from "../../src/log/nextStatement.ts"
import type { PreparedAppend } from "../../src/log/PreparedAppend.ts"

const waiting = (name: string, payments: ReadonlyArray<string>, more: Partial<PreparedAppend> = {}) => ({
  name,
  append: {
    payments: payments.map(payment => ({ payment, expected: "Any" as const, events: [] })),
    events: payments.length,
    bytes: 10,
    key: undefined,
    ...more,
  },
})

const names = (...all: ReadonlyArray<ReturnType<typeof waiting>>) => {
  const { travelling, staying } = nextStatement(all, [])
  return [travelling.map(one => one.name).join(" "), staying.map(one => one.name).join(" ")]
}

describe("the next statement", () => {
  test("takes everybody along who touches different payments", () => {
    expect(names(waiting("a", ["p"]), waiting("b", ["q"]), waiting("c", ["r", "s"]))).toEqual(["a b c", ""])
  })

  test("holds one append of a payment, and keeps the order of those behind it", () => {
    expect(names(waiting("a", ["p"]), waiting("b", ["p", "q"]), waiting("c", ["q"]), waiting("d", ["r"]))).toEqual([
      "a d",
      "b c",
    ])
  })

  test("holds one append of a key", () => {
    const key = { name: "k", requestHash: "" }
    expect(names(waiting("a", ["p"], { key }), waiting("b", ["q"], { key }))).toEqual(["a", "b"])
  })

  test("stops at its bounds of appends, events and bytes", () => {
    const many = Array.from({ length: 129 }, (_, index) => waiting(`${index}`, [`p${index}`]))
    expect(nextStatement(many, []).staying.map(one => one.name)).toEqual(["128"])
    expect(names(waiting("a", ["p"], { events: 1_999 }), waiting("b", ["q"]), waiting("c", ["r"]))).toEqual([
      "a b",
      "c",
    ])
    const half = 2 * 1024 * 1024
    expect(
      names(waiting("a", ["p"], { bytes: half }), waiting("b", ["q"], { bytes: half }), waiting("c", ["r"])),
    ).toEqual(["a b", "c"])
  })

  test("always takes the oldest, however large", () => {
    expect(names(waiting("a", ["p"], { events: 9_000, bytes: 1e9 }), waiting("b", ["q"]))).toEqual(["a", "b"])
  })

  test("holds what touches a payment or a key that is under way, however long it waits, and lets the others pass", () => {
    const key = { name: "k", requestHash: "" }
    const underWay = [waiting("u", ["p"], { key })]
    const { travelling, staying } = nextStatement(
      [waiting("a", ["p"]), waiting("b", ["q"], { key }), waiting("c", ["q"]), waiting("d", ["r"])],
      underWay,
    )
    expect([travelling, staying].map(all => all.map(one => one.name).join(" "))).toEqual(["d", "a b c"])
    expect(nextStatement([waiting("a", ["p"])], underWay).travelling).toEqual([])
  })

  test("is empty when nobody waits", () => {
    expect(names()).toEqual(["", ""])
  })
})
