import { univapay } from "@payfold/univapay"
import { Redacted, Result } from "effect"
import { describe, expect, test } from "vitest"

const body = new TextEncoder().encode("{}")

function verdict(secrets: ReadonlyArray<string>, authorization: string | undefined) {
  const verify = Result.getOrThrow(univapay.makeVerify(secrets.map(secret => Redacted.make(secret))))
  return verify({ body, headers: authorization === undefined ? {} : { authorization }, receivedAt: 0 })
}

describe("the registered Authorization value", () => {
  test("is accepted as it is, and after Bearer", () => {
    expect(verdict(["s3cret"], "s3cret")).toEqual({ _tag: "Verified" })
    expect(verdict(["s3cret"], "Bearer s3cret")).toEqual({ _tag: "Verified" })
    expect(verdict(["Bearer s3cret"], "Bearer s3cret")).toEqual({ _tag: "Verified" })
  })

  test("each of the secrets in force is accepted", () => {
    expect(verdict(["old", "new"], "old")).toEqual({ _tag: "Verified" })
    expect(verdict(["old", "new"], "new")).toEqual({ _tag: "Verified" })
  })

  test.each(["", "S3cret", "s3cret ", "s3cre", "s3crets", "bearer s3cret", "Bearer", "Bearer  s3cret", "Basic s3cret"])(
    "%j is refused without repeating it",
    header => {
      expect(verdict(["s3cret"], header)).toEqual({
        _tag: "Unverified",
        reason: "the Authorization header is not the value registered with the webhook",
      })
    },
  )

  test("a value registered with Bearer is not accepted without it", () => {
    expect(verdict(["Bearer s3cret"], "s3cret")).toMatchObject({ _tag: "Unverified" })
  })

  test("a missing header is refused", () => {
    expect(verdict(["s3cret"], undefined)).toEqual({
      _tag: "Unverified",
      reason: "the delivery has no Authorization header",
    })
  })
})

describe("construction", () => {
  test.each([[[]], [[""]], [["  "]], [["good", ""]], [["tab\t"]], [[" padded"]], [["日本"]]])("refuses %j", secrets => {
    const made = univapay.makeVerify(secrets.map(secret => Redacted.make(secret)))
    expect(Result.isFailure(made) && made.failure.message).toMatch(/^The univapay secret cannot be used: expected/)
    for (const secret of secrets) if (secret.trim() !== "") expect(JSON.stringify(made)).not.toContain(secret)
  })
})
