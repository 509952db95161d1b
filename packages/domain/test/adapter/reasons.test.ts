import { Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { ignored, named, type Place, unreadable, unreadableAt } from "../../src/adapter/Adapter.ts"

describe("ignored", () => {
  it("tells why an object says nothing about a payment", () => {
    expect(ignored("a test event")).toEqual({ _tag: "Ignored", reason: "a test event" })
  })
})

describe("unreadable", () => {
  const read = Schema.decodeUnknownResult(Schema.Struct({ id: Schema.String }))

  it.each<[string, Place, unknown, string]>([
    ["the whole body", [], 7, "expected object, found a positive number"],
    ["a whole object in it", ["items", 3], 7, "expected object at items.3, found a positive number"],
    ["a field of the body", [], { id: 0 }, "expected string at id, found 0"],
    ["a field of an object", ["items", 3], { id: null }, "expected string at items.3.id, found null"],
  ])("names the place where it is %s", (_, place, input, reason) => {
    const error = Result.getOrThrow(Result.flip(read(input)))
    expect(unreadable("a charge", place, error, input)).toEqual({
      _tag: "Unreadable",
      reason: `a charge cannot be read: ${reason}`,
    })
  })
})

describe("unreadableAt", () => {
  it("names the steps to the place, and none where it is the whole", () => {
    expect(unreadableAt("an event", ["data", 0, "id"], "an id", "nothing")).toEqual({
      _tag: "Unreadable",
      reason: "an event cannot be read: expected an id at data.0.id, found nothing",
    })
    expect(unreadableAt("a body", [], "an object", "null")).toEqual({
      _tag: "Unreadable",
      reason: "a body cannot be read: expected an object, found null",
    })
  })
})

describe("named", () => {
  it.each(["a", "Z9", "charge.complete", "pay_easy-2", `a${"9".repeat(63)}`])("repeats the word %s", word => {
    expect(named(word)).toBe(`“${word}”`)
  })

  it.each([
    ["", "an empty text"],
    ["9a", "a text of 2 characters"],
    ["_a", "a text of 2 characters"],
    ["Taro Yamada", "a text of 11 characters"],
    ["山田a", "a text of 3 characters"],
    ["taro@example.com", "a text of 16 characters"],
    ["a\n", "a text of 2 characters"],
    [`a${"9".repeat(64)}`, "a text of 65 characters"],
    // Written as texts these are words; they are none.
    [true, "true"],
    [null, "null"],
    [["word"], "a list of 1"],
    [undefined, "nothing"],
  ])("of %j tells the kind alone", (value, kind) => {
    expect(named(value)).toBe(kind)
  })
})
