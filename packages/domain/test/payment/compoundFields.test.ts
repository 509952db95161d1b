import { Struct } from "effect"
import { describe, expect, it } from "vitest"
import { Instructions } from "../../src/Instructions.ts"
import { METHOD_LEAVES } from "../../src/PaymentMethod.ts"
import { FAILURE, FEES, INSTRUCTIONS, METHOD } from "../../src/payment/compoundFields.ts"

const factsOf = (named: Readonly<Record<string, string | number | boolean>>) =>
  Object.fromEntries(
    Object.entries(named).map(([name, value]) => [
      name,
      { adapterVersion: 1, reportedAt: "", values: [value, "other"] },
    ]),
  )

describe("a field of several leaves", () => {
  it("shows of every leaf that it names the first value", () => {
    const instructions = Object.fromEntries(Struct.keys(Instructions.fields).map(leaf => [leaf, `the ${leaf}`]))
    expect(INSTRUCTIONS.shown(factsOf(INSTRUCTIONS.named(instructions)))).toEqual(instructions)
    const method = Object.fromEntries(METHOD_LEAVES.map(leaf => [leaf, 3]))
    expect(METHOD.shown(factsOf(METHOD.named(method)))).toEqual(method)
  })

  it("names a leaf below itself, and leaves out what it does not have", () => {
    expect(FAILURE.named({ code: "k1", hint: "none" })).toEqual({ "failure.code": "k1" })
    expect(FEES.named({ net: 5 })).toEqual({ "fees.net": 5 })
    expect(METHOD_LEAVES).not.toContain("_tag")
  })

  it("shows nothing of another field", () => {
    expect(FAILURE.shown(factsOf({ "fees.net": "5 JPY", mode: "live", "failure.code": "k1" }))).toEqual({ code: "k1" })
  })
})
