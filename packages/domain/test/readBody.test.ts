import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { readBody } from "../src/readBody.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

function reason(body: Uint8Array): string {
  return Result.getOrThrow(Result.flip(readBody(body))).reason
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

  it("says where the body stops being JSON", () => {
    expect(reason(bytes('{"a":1 b}'))).toBe("the body is not JSON (near character 8)")
  })

  it.each(['{"name":"Taro"', '{"name":Taro}', "Taro", '{"name":"Taro" "x"}'])("never repeats the body %s", text => {
    expect(reason(bytes(text))).toMatch(/^the body is not JSON( \((near character \d+|it ends too early)\))?$/)
  })

  it("takes no number out of the body for a place in it", () => {
    expect(reason(bytes("at position 4111111111111111"))).toBe("the body is not JSON")
    expect(reason(bytes("at position 41 (line 1 column 1)"))).toBe("the body is not JSON")
  })
})
