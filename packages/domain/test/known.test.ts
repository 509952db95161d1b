import { describe, expect, it } from "vitest"
import { known } from "../src/known.ts"

describe("known", () => {
  it("leaves out what is undefined, and nothing else", () => {
    const fields = known({ zero: 0, empty: "", no: false, nothing: null, unknown: undefined })
    expect(Object.keys(fields)).toEqual(["zero", "empty", "no", "nothing"])
  })
})
