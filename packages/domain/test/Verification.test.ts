import { describe, expect, it } from "vitest"
import { SecretRefused } from "../src/Verification.ts"

describe("a refused secret", () => {
  it("says what was expected, and never the secret", () => {
    const refused = new SecretRefused({ provider: "omise", expected: "base64", found: "other text" })
    expect(refused.message).toBe("The omise secret cannot be used: expected base64, found other text")
    expect(refused._tag).toBe("SecretRefused")
  })
})
