import { Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { explain } from "../src/explain.ts"
import { Instructions } from "../src/Instructions.ts"

const read = Schema.decodeUnknownResult(Instructions)

describe("instructions", () => {
  it("keep leading zeros, hyphens and odd addresses as they were sent", () => {
    const told = { paymentNumber: "0001-2345", pageUrl: "http:/odd", barcodeText: "|0\r1" }
    expect(Result.getOrThrow(read(told))).toEqual(told)
  })

  it("may be empty: what is not known is absent", () => {
    expect(Result.getOrThrow(read({}))).toEqual({})
  })

  it.each(["", null, 12, ["1"]])("have no number %j", paymentNumber => {
    const input = { paymentNumber }
    expect(explain(Result.getOrThrow(Result.flip(read(input))), input).path).toBe("paymentNumber")
  })
})
