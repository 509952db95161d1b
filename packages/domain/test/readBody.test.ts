import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { readBody } from "../src/readBody.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

function reason(body: Uint8Array): string {
  const { _tag, reason } = Result.getOrThrow(Result.flip(readBody(body)))
  expect(_tag).toBe("Unreadable")
  return reason
}

describe("readBody", () => {
  it.each(["{}", "[]", "null", "0", '"ﾔﾏﾀﾞ"', ' {"a":1}\n'])("reads %s", text => {
    expect(Result.getOrThrow(readBody(bytes(text)))).toEqual(JSON.parse(text))
  })

  it("reads JSON behind a byte order mark", () => {
    expect(Result.getOrThrow(readBody(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes("{}")])))).toEqual({})
  })

  it("says that a body is empty", () => {
    expect(reason(new Uint8Array())).toBe("the body is empty: expected JSON")
  })

  it.each([[[0xff]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0xc3]]])("says that %j is not UTF-8", body => {
    expect(reason(new Uint8Array(body))).toBe("the body is not UTF-8: expected JSON in UTF-8")
  })

  it.each([
    ['{"a":1 b}', "near character 8"],
    ['{"name":"Taro" "x"}', "near character 16"],
    // Line 12, column 11.
    [`[${"\n".repeat(11)}"Taro", 1 2]`, "near character 23"],
    ['{"name":"Taro"', "it ends too early"],
    ['["Taro", 1', "it ends too early"],
  ])("says where %j stops being JSON", (text, place) => {
    expect(reason(bytes(text))).toBe(`the body is not JSON (${place})`)
  })

  it.each(['{"name":"Taro"', '{"name":Taro}', "Taro", '{"name":"Taro" "x"}'])("never repeats the body %s", text => {
    expect(reason(bytes(text))).toMatch(/^the body is not JSON( \((near character \d+|it ends too early)\))?$/)
  })

  it("takes no number out of the body for a place in it", () => {
    expect(reason(bytes("at position 4111111111111111"))).toBe("the body is not JSON")
    expect(reason(bytes("at position 41 (line 1 column 1)"))).toBe("the body is not JSON")
  })
})
