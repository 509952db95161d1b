import { Result, Schema, SchemaIssue } from "effect"
import { describe, expect, it } from "vitest"
import { explain, kindOf } from "../src/explain.ts"

const Person = Schema.Struct({
  name: Schema.NonEmptyString,
  age: Schema.Int,
  kind: Schema.Literals(["buyer", "seller"]),
  tags: Schema.Array(Schema.Struct({ id: Schema.String })),
})
const read = Schema.decodeUnknownResult(Person)

function textThat(message: string) {
  return Schema.String.check(Schema.makeFilter(() => false, { message }))
}

function explained(input: unknown) {
  const error = Result.getOrThrow(Result.flip(read(input)))
  return explain(error, input)
}

describe("explain", () => {
  it("names path, expectation and kind of what was found", () => {
    expect(explained({ name: "Taro", age: 1.5 })).toEqual({
      path: "age",
      expected: "an integer",
      found: "a number that is not whole",
    })
  })

  it("names a place inside a list", () => {
    expect(explained({ name: "Taro", age: 1, kind: "buyer", tags: [{ id: "a" }, { id: null }] })).toEqual({
      path: "tags.1.id",
      expected: "string",
      found: "null",
    })
  })

  it("expects a value where one is missing", () => {
    expect(explained({})).toEqual({ path: "name", expected: "a value", found: "nothing" })
  })

  it("repeats the schema's own words in one line, without their first word", () => {
    const told = (message: string) => {
      const error = Result.getOrThrow(Result.flip(Schema.decodeUnknownResult(textThat(message))("x")))
      return explain(error, "x").expected
    }
    expect(told("Expected a code")).toBe("a code")
    expect(told("No code: Expected three letters")).toBe("No code: Expected three letters")
    expect(told("Expected a code\nof three letters\nor four")).toBe("a code")
  })

  it.each([null, "Taro", 7, {}, { name: null }, { name: "Taro" }, Object.create({ name: "Taro" })])(
    "finds nothing where the path leads beyond the input (%#)",
    input => {
      const issue = new SchemaIssue.Pointer(["name", "length"], new SchemaIssue.MissingKey(undefined))
      const nothing = { path: "name.length", expected: "a value", found: "nothing" }
      expect(explain(new Schema.SchemaError(issue), input)).toEqual(nothing)
    },
  )

  it("names the whole where the whole is wrong", () => {
    expect(explained(7)).toMatchObject({ path: "the whole", found: "a positive number" })
  })

  it.each([
    "taro@example.com",
    { name: "taro@example.com", age: "taro@example.com" },
    { name: "taro@example.com", age: 1, kind: "taro@example.com" },
    { name: "taro@example.com", age: 1, kind: "buyer", tags: "taro@example.com" },
    { name: "taro@example.com", age: 1, kind: "buyer", tags: [{ id: ["taro@example.com"] }] },
  ])("never repeats a value (%#)", input => {
    expect(JSON.stringify(explained(input))).not.toContain("taro")
  })
})

describe("kindOf", () => {
  it.each([
    [undefined, "nothing"],
    [null, "null"],
    ["", "an empty text"],
    ["abc", "a text of 3 characters"],
    [0, "0"],
    [-1, "a negative number"],
    [1, "a positive number"],
    [2 ** 53 - 1, "a positive number"],
    [2 ** 53, "a number beyond 2^53"],
    [0.5, "a number that is not whole"],
    [Number.NaN, "a number that is not whole"],
    [true, "true"],
    [[1, 2], "a list of 2"],
    [{}, "an object"],
  ])("of %j is %s", (value, kind) => {
    expect(kindOf(value)).toBe(kind)
  })
})
