import { createHash, timingSafeEqual } from "node:crypto"
import { type RawDelivery, SecretRefused, type Verdict, type Verify } from "@payfold/domain"
import { Redacted, Result } from "effect"
import { PROVIDER } from "./adapter.ts"

/**
 * A verifier of the `Authorization` value registered with the webhook (`auth_token`): the header must equal it, as it is or after `Bearer `.
 * Digests of both are compared in constant time, against every secret in force, so neither time nor length tells anything.
 *
 * UnivaPay signs nothing. A match proves that the sender knows a value which travels with every delivery; it says nothing about the body,
 * about its age, or about a delivery recorded and sent again. So deliveries are idempotent by their content, and whoever moves money or goods
 * can first ask the API itself (`snapshot`).
 *
 * Refuses an empty list and an empty secret, which would let anything through.
 *
 * Source: UnivaPay webhook reference (`auth_token` is sent as registered), EC-CUBE plugin (whole header compared); the second form is our
 * reading of "bearer token" in the 2026 text (read 2026-11-20).
 */
export function makeVerify(secrets: ReadonlyArray<Redacted.Redacted>): Result.Result<Verify, SecretRefused> {
  if (secrets.length === 0) return refused("no secret")
  const accepted: Array<Buffer> = []
  for (const secret of secrets) {
    const value = Redacted.value(secret)
    if (value.trim() === "") return refused("an empty one")
    if (/[^\x20-\x7e]/.test(value) || value !== value.trim()) return refused("one that no header can carry as it is")
    accepted.push(digest(value), digest(`Bearer ${value}`))
  }
  return Result.succeed(delivery => verdictOn(delivery, accepted))
}

function verdictOn({ headers }: RawDelivery, accepted: ReadonlyArray<Buffer>): Verdict {
  const header = headers["authorization"]
  if (header === undefined) return { _tag: "Unverified", reason: "the delivery has no Authorization header" }
  const found = digest(header)
  // Every digest is compared, so that the time does not tell which one matched.
  const matches = accepted.filter(expected => timingSafeEqual(expected, found))
  return matches.length > 0
    ? { _tag: "Verified" }
    : { _tag: "Unverified", reason: "the Authorization header is not the value registered with the webhook" }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest()
}

function refused(found: string): Result.Result<never, SecretRefused> {
  const expected = "the auth_token registered with the webhook: printable ASCII, not empty"
  return Result.fail(new SecretRefused({ provider: PROVIDER, expected, found }))
}
