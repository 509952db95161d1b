import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { keeping, Refusal, type Rule } from "../../src/adapter/Adapter.ts"

const rule = (field: string, isKept: boolean): Rule => ({
  field,
  isKept,
  rule: `a rule for ${field}`,
  source: "a page",
})

describe("keeping", () => {
  it("gives the value where every rule is kept, or there is none", () => {
    expect(keeping([rule("amount", true), rule("email", true)], () => "a request")).toEqual(Result.succeed("a request"))
    expect(keeping([], () => 0)).toEqual(Result.succeed(0))
  })

  it("refuses by the first rule that is not kept, and makes no value", () => {
    const rules = [rule("amount", true), rule("email", false), rule("phone", false)]
    const refused = keeping(rules, () => {
      throw new Error("a value was made")
    })
    const refusal = Result.getOrThrow(Result.flip(refused))
    expect(refusal).toBeInstanceOf(Refusal)
    expect({ ...refusal }).toMatchObject({ field: "email", rule: "a rule for email", source: "a page" })
  })
})

describe("a refusal", () => {
  it("says in one line which field, which rule, and where that is written", () => {
    const refusal = new Refusal({ field: "email", rule: "at most 200 characters", source: "the API guide" })
    expect(refusal.message).toBe("email: at most 200 characters (the API guide)")
  })
})
