import { describe, expect, it } from "vitest"
import { metadataText, orderReference } from "../../src/adapter/Adapter.ts"
import { minute } from "../../testing/generators/moments.ts"

describe("orderReference", () => {
  const settings = { referenceKeys: ["order", "cart"] }
  const read = (metadata: unknown) => orderReference(metadata, settings, undefined)?.value

  it("is the value of the first key that is there", () => {
    expect(read({ cart: "c-1", order: "o-1" })).toBe("o-1")
    expect(read({ cart: "c-1" })).toBe("c-1")
    expect(read({ cart: "c-1", order: "" })).toBe("c-1")
    expect(read({ basket: "b-1" })).toBeUndefined()
    expect(read(null)).toBeUndefined()
  })

  it("is dated by its envelope, where that has a date", () => {
    const metadata = { order: "o-1" }
    expect(orderReference(metadata, settings, minute(3))).toEqual({ value: "o-1", reportedAt: minute(3) })
    expect(orderReference(metadata, settings, undefined)).toStrictEqual({ value: "o-1" })
  })

  it("is no text that the provider put in the place of a value", () => {
    const isHidden = (text: string) => text === "[FILTERED]"
    const metadata = { order: "[FILTERED]", cart: "c-1" }
    expect(orderReference(metadata, settings, undefined, isHidden)).toEqual({ value: "c-1" })
    expect(orderReference(metadata, settings, undefined)).toEqual({ value: "[FILTERED]" })
  })

  it("is no text that no index could hold", () => {
    expect(read({ order: "x".repeat(255), cart: "c-1" })).toBe("x".repeat(255))
    expect(read({ order: "x".repeat(256), cart: "c-1" })).toBe("c-1")
  })
})

describe("metadataText", () => {
  it.each<[unknown, string | undefined]>([
    ["A-1", "A-1"],
    [" ", " "],
    ["", undefined],
    [0, "0"],
    [-7, "-7"],
    [0.5, "0.5"],
    [2 ** 53 - 1, "9007199254740991"],
    [2 ** 53, undefined],
    [-(2 ** 53), undefined],
    [1e300, undefined],
    [true, undefined],
    [null, undefined],
    [["A-1"], undefined],
    [{ order: "A-1" }, undefined],
  ])("of the value %j is %j", (value, text) => {
    expect(metadataText({ order: value }, "order")).toBe(text)
  })

  it.each([undefined, null, "order", 7, [], {}])("is unknown where the metadata is %j", metadata => {
    expect(metadataText(metadata, "order")).toBeUndefined()
  })

  it("is no property that only the language gives a value", () => {
    expect(metadataText("A-1", "length")).toBeUndefined()
    expect(metadataText(Object.create({ order: "inherited" }), "order")).toBeUndefined()
  })
})
