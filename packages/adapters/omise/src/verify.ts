import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto"
import { type MakeVerify, type RawDelivery, SecretRefused, type Verdict } from "@payfold/domain"
import { Redacted, Result } from "effect"

/** How far the signed time may lie from the moment of receipt, in either direction, where the caller says nothing else. */
export const TOLERANCE_SECONDS = 300

/** While a secret is being rolled Omise sends two signatures; a header with more than these is not one of theirs. */
const MAXIMUM_SIGNATURES = 8

/**
 * Verifies Omise's webhook signature over the raw bytes: the header `Omise-Signature` holds HMAC-SHA256 of `<timestamp>.<body>` in lower-case
 * hex, one for each secret in force, comma separated; the key is the secret decoded from base64. Test and live secrets differ.
 *
 * It fails closed: without a usable secret there is no verifier. Omise signs nothing for an account that never rolled a secret; there,
 * retrieve the charge instead and trust only that.
 *
 * Source: docs.omise.co/api-webhooks, "Protecting your endpoints", as transcribed by about ten clients of 2026 (read 2026-11-20).
 */
export const makeVerify: MakeVerify = secrets => makeVerifyWithin(TOLERANCE_SECONDS)(secrets)

/** The same with another tolerance, a whole number of seconds from 1 to 86,400: a wider one is a defect of the configuration. */
export function makeVerifyWithin(toleranceSeconds: number): MakeVerify {
  if (!Number.isInteger(toleranceSeconds) || toleranceSeconds < 1 || toleranceSeconds > 86_400) {
    throw new RangeError("The tolerance of a signature's time must be a whole number of seconds from 1 to 86400")
  }
  return secrets => {
    if (secrets.length === 0) return Result.fail(secretRefused("nothing"))
    const keys: Array<KeyObject> = []
    for (const secret of secrets) {
      const key = toKey(Redacted.value(secret))
      if (Result.isFailure(key)) return Result.fail(key.failure)
      keys.push(key.success)
    }
    return Result.succeed(delivery => verdict(delivery, keys, toleranceSeconds * 1000))
  }
}

const CANONICAL_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Node's decoder skips what it does not know, so the grammar is checked first and the bits that padding must leave zero afterwards. */
function toKey(secret: string): Result.Result<KeyObject, SecretRefused> {
  if (secret === "") return Result.fail(secretRefused("an empty text"))
  const key = CANONICAL_BASE64.test(secret) ? Buffer.from(secret, "base64") : undefined
  if (key === undefined || key.toString("base64") !== secret)
    return Result.fail(secretRefused("a text that is not base64"))
  return Result.succeed(createSecretKey(key))
}

function secretRefused(found: string): SecretRefused {
  return new SecretRefused({ provider: "omise", expected: "the base64 text that the dashboard shows", found })
}

const TIMESTAMP = /^[0-9]{1,11}$/
const DIGEST = /^[0-9a-f]{64}$/

function verdict(delivery: RawDelivery, keys: ReadonlyArray<KeyObject>, toleranceMilliseconds: number): Verdict {
  const timestamp = delivery.headers["omise-signature-timestamp"]
  const header = delivery.headers["omise-signature"]
  if (timestamp === undefined) return unverified("the header Omise-Signature-Timestamp is missing")
  if (header === undefined) return unverified("the header Omise-Signature is missing")
  if (!TIMESTAMP.test(timestamp)) return unverified("the header Omise-Signature-Timestamp is not a number of seconds")
  const offMilliseconds = Math.abs(delivery.receivedAt - Number(timestamp) * 1000)
  // Written so that a receipt time that is no number refuses too.
  if (!(offMilliseconds <= toleranceMilliseconds)) {
    return unverified("the signed time is too far from the time of receipt")
  }
  const candidates = header.split(",", MAXIMUM_SIGNATURES + 1).map(candidate => candidate.replace(/^ +| +$/g, ""))
  if (candidates.length > MAXIMUM_SIGNATURES) return unverified("the header Omise-Signature holds too many signatures")
  const digests = candidates.filter(candidate => DIGEST.test(candidate)).map(digest => Buffer.from(digest, "hex"))
  if (digests.length === 0) return unverified("the header Omise-Signature holds no digest in lower-case hex")
  return matchesAny(delivery.body, timestamp, keys, digests) ? { _tag: "Verified" } : unverified("no signature matches")
}

/** Every key is tried against every digest, whatever matched before, so the time taken tells nothing. */
function matchesAny(
  body: Uint8Array,
  timestamp: string,
  keys: ReadonlyArray<KeyObject>,
  digests: ReadonlyArray<Buffer>,
): boolean {
  let matches = 0
  for (const key of keys) {
    const expected = createHmac("sha256", key).update(`${timestamp}.`).update(body).digest()
    for (const digest of digests) matches += timingSafeEqual(expected, digest) ? 1 : 0
  }
  return matches > 0
}

function unverified(reason: string): Verdict {
  return { _tag: "Unverified", reason }
}
