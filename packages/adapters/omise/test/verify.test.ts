import { execFileSync, spawnSync } from "node:child_process"
import { createHmac } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { RawDelivery, Verify } from "@payfold/domain"
import { Redacted, Result } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { makeVerify, makeVerifyWithin } from "../src/verify.ts"

const SECRET = "b21pc2Utd2ViaG9vay1zZWNyZXQtMDEyMzQ1Njc4OWFi"
const OLD_SECRET = "cHJldmlvdXMtc2VjcmV0LXByZXZpb3VzLXNlY3JldC0="
const TIMESTAMP = "1700000000"
const BODY = `{"object":"event","id":"evnt_test_1","key":"charge.complete","data":{"object":"charge","id":"chrg_test_1"}}`
const DIGEST = "5afb771ec5f84b2ce6518a101268d7131e3e7bd5fa83ceac037b0d5db9a93b53"
const OLD_DIGEST = "0120284f8b4e64c4feb82e4721199f17d6b272611eaf6ee517fe21dee9c327c9"
const NOW = 1_700_000_000_000

function verifier(...secrets: ReadonlyArray<string>): Verify {
  return Result.getOrThrow(makeVerify(secrets.map(secret => Redacted.make(secret))))
}

function delivery(
  headers: Record<string, string | undefined>,
  body: string | Uint8Array = BODY,
  receivedAt = NOW,
): RawDelivery {
  const all = { "omise-signature": DIGEST, "omise-signature-timestamp": TIMESTAMP, ...headers }
  return { body: typeof body === "string" ? new TextEncoder().encode(body) : body, headers: all, receivedAt }
}

const verdict = (verify: Verify, given: RawDelivery) => verify(given)._tag

describe("the published steps", () => {
  it("verify the vector, alone and among others while a secret is rolled", () => {
    expect(verifier(SECRET)(delivery({}))).toEqual({ _tag: "Verified" })
    expect(verdict(verifier(OLD_SECRET), delivery({ "omise-signature": OLD_DIGEST }))).toBe("Verified")
    for (const header of [`${DIGEST},${OLD_DIGEST}`, `${OLD_DIGEST}, ${DIGEST}`, ` ${OLD_DIGEST} ,nonsense`]) {
      expect(verdict(verifier(SECRET, OLD_SECRET), delivery({ "omise-signature": header }))).toBe("Verified")
    }
    expect(verdict(verifier(SECRET), delivery({ "omise-signature": `${OLD_DIGEST},${DIGEST}` }))).toBe("Verified")
  })

  it.each([
    ["the secret not decoded from base64", hmac(Buffer.from(SECRET, "utf8"), `${TIMESTAMP}.${BODY}`).toString("hex")],
    ["the digest in base64", Buffer.from(DIGEST, "hex").toString("base64")],
    ["the body alone", hmac(Buffer.from(SECRET, "base64"), BODY).toString("hex")],
    ["a prefix", `sha256=${DIGEST}`],
    ["a version", `v1=${DIGEST}`],
    ["capital letters", DIGEST.toUpperCase()],
    ["a digest too short", DIGEST.slice(2)],
    ["a digest too long", `${DIGEST}00`],
    ["another secret's", OLD_DIGEST],
    ["nothing", ""],
    ["commas", ",,,"],
    ["too many", Array.from({ length: 20 }, () => DIGEST).join(",")],
  ])("refuse the common mistake: %s", (_, signature) => {
    expect(verdict(verifier(SECRET), delivery({ "omise-signature": signature }))).toBe("Unverified")
  })

  it("knows the digest of an undecoded secret, so that the mistake above is the real one", () => {
    expect(hmac(Buffer.from(SECRET, "utf8"), `${TIMESTAMP}.${BODY}`).toString("hex")).toMatch(/^5a2297b2/)
  })

  it("refuse a missing header, and one of another name", () => {
    expect(verifier(SECRET)(delivery({ "omise-signature": undefined }))).toEqual({
      _tag: "Unverified",
      reason: "the header Omise-Signature is missing",
    })
    expect(verdict(verifier(SECRET), delivery({ "omise-signature": undefined, "x-omise-signature": DIGEST }))).toBe(
      "Unverified",
    )
    expect(verdict(verifier(SECRET), delivery({ "omise-signature-timestamp": undefined }))).toBe("Unverified")
  })

  it.each(["", " 1700000000", "1700000000.0", "-1700000000", "1.7e9", "0x6553f100", "١٧٠٠٠٠٠٠٠٠", "9".repeat(400)])(
    "refuse the timestamp %j",
    timestamp => {
      const signature = hmac(Buffer.from(SECRET, "base64"), `${timestamp}.${BODY}`).toString("hex")
      const given = delivery({ "omise-signature": signature, "omise-signature-timestamp": timestamp })
      expect(verdict(verifier(SECRET), given)).toBe("Unverified")
    },
  )

  it.each([
    [-300_001, "Unverified"],
    [-300_000, "Verified"],
    [0, "Verified"],
    [300_000, "Verified"],
    [300_001, "Unverified"],
    [Number.NaN, "Unverified"],
    [Number.POSITIVE_INFINITY, "Unverified"],
  ])("received %d ms after it was signed: %s", (offset, expected) => {
    expect(verdict(verifier(SECRET), delivery({}, BODY, NOW + offset))).toBe(expected)
  })

  it("take another tolerance, and refuse one that protects nothing", () => {
    const strict = Result.getOrThrow(makeVerifyWithin(10)([Redacted.make(SECRET)]))
    expect(verdict(strict, delivery({}, BODY, NOW + 10_000))).toBe("Verified")
    expect(verdict(strict, delivery({}, BODY, NOW + 10_001))).toBe("Unverified")
    for (const seconds of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => makeVerifyWithin(seconds)).toThrow(RangeError)
    }
  })

  it("never say what a header or a secret was", () => {
    const said = JSON.stringify([
      verifier(SECRET)(delivery({ "omise-signature": "taro@example.com" })),
      verifier(SECRET)(delivery({ "omise-signature-timestamp": "taro@example.com" })),
      makeVerify([Redacted.make("taro@example.com")]),
    ])
    expect(said).not.toContain("taro")
  })
})

describe("secrets", () => {
  it.each([
    "",
    " ",
    "not base64!",
    SECRET.slice(1),
    `${SECRET}=`,
    `${SECRET}\n`,
    "b21pc2U", // padding is missing
    "b21pc2V=", // bits that padding leaves over are not zero
    "b21pc2U-", // the alphabet of web addresses
  ])("refuse %j at construction", secret => {
    expect(Result.isFailure(makeVerify([Redacted.make(secret)]))).toBe(true)
    expect(Result.isFailure(makeVerify([Redacted.make(SECRET), Redacted.make(secret)]))).toBe(true)
  })

  it("refuse none at all", () => {
    expect(Result.isFailure(makeVerify([]))).toBe(true)
  })
})

describe("every single-bit flip", () => {
  const deliveries = fc.sample(
    fc.record({
      key: fc.uint8Array({ minLength: 16, maxLength: 33 }),
      otherKey: fc.uint8Array({ minLength: 34, maxLength: 40 }),
      body: fc.uint8Array({ minLength: 1, maxLength: 120 }),
      seconds: fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }),
    }),
    { numRuns: 20, seed: 4 },
  )

  it.each(deliveries.map((given, index) => [index + 1, given] as const))(
    "of body, timestamp, signature and key of delivery %i is refused, and of the matching digest beside another",
    (_, { key, otherKey, body, seconds }) => {
      const secret = Buffer.from(key).toString("base64")
      const timestamp = String(seconds)
      const signature = hmac(Buffer.from(key), Buffer.concat([Buffer.from(`${timestamp}.`), body])).toString("hex")
      const rotated = hmac(Buffer.from(otherKey), Buffer.concat([Buffer.from(`${timestamp}.`), body])).toString("hex")
      const signed = (headers: Record<string, string>, bytes: Uint8Array = body) =>
        delivery(
          { "omise-signature": signature, "omise-signature-timestamp": timestamp, ...headers },
          bytes,
          seconds * 1000,
        )
      const verify = verifier(secret)
      expect(verdict(verify, signed({}))).toBe("Verified")
      expect(verdict(verify, signed({ "omise-signature": `${rotated},${signature}` }))).toBe("Verified")

      for (const flipped of flips(body)) expect(verdict(verify, signed({}, flipped))).toBe("Unverified")
      for (const flipped of textFlips(timestamp)) {
        expect(verdict(verify, signed({ "omise-signature-timestamp": flipped }))).toBe("Unverified")
      }
      for (const flipped of textFlips(signature)) {
        expect(verdict(verify, signed({ "omise-signature": flipped }))).toBe("Unverified")
        expect(verdict(verify, signed({ "omise-signature": `${rotated},${flipped}` }))).toBe("Unverified")
      }
      for (const flipped of flips(key)) {
        expect(verdict(verifier(Buffer.from(flipped).toString("base64")), signed({}))).toBe("Unverified")
      }
      for (const flipped of textFlips(secret)) {
        const other = makeVerify([Redacted.make(flipped)])
        if (Result.isSuccess(other)) expect(verdict(other.success, signed({}))).toBe("Unverified")
      }
    },
  )
})

describe("independent agreement", () => {
  const message = fc.record({
    key: fc.uint8Array({ minLength: 1, maxLength: 80 }),
    body: fc.uint8Array({ maxLength: 400 }),
    seconds: fc.integer({ min: 0, max: 4_000_000_000 }),
  })

  it("10,000 random messages signed by node:crypto are verified, and none by a neighbour's key", () => {
    fc.assert(
      fc.property(message, ({ key, body, seconds }) => {
        const signature = createHmac("sha256", key).update(`${seconds}.`).update(body).digest("hex")
        const given = delivery(
          { "omise-signature": signature, "omise-signature-timestamp": `${seconds}` },
          body,
          seconds * 1000,
        )
        const neighbour = Buffer.concat([key, Buffer.from([1])])
        return (
          verdict(verifier(Buffer.from(key).toString("base64")), given) === "Verified" &&
          verdict(verifier(neighbour.toString("base64")), given) === "Unverified"
        )
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)

  const hasOpenssl = spawnSync("openssl", ["version"]).status === 0
  it("100 random messages signed by openssl are verified, where it is installed", () => {
    if (!hasOpenssl) return console.info("openssl is not installed here: not tried")
    const folder = mkdtempSync(join(tmpdir(), "payfold-openssl-"))
    try {
      const file = join(folder, "message")
      for (const { key, body, seconds } of fc.sample(message, 100)) {
        writeFileSync(file, Buffer.concat([Buffer.from(`${seconds}.`), body]))
        const hexKey = Buffer.from(key).toString("hex")
        const said = execFileSync("openssl", [
          "dgst",
          "-sha256",
          "-mac",
          "HMAC",
          "-macopt",
          `hexkey:${hexKey}`,
          "-r",
          file,
        ])
        const signature = said.toString("utf8").slice(0, 64)
        const given = delivery(
          { "omise-signature": signature, "omise-signature-timestamp": `${seconds}` },
          body,
          seconds * 1000,
        )
        expect(verdict(verifier(Buffer.from(key).toString("base64")), given)).toBe("Verified")
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }, 60_000)
})

function hmac(key: Uint8Array, message: string | Uint8Array): Buffer {
  return createHmac("sha256", key).update(message).digest()
}

function flips(bytes: Uint8Array): ReadonlyArray<Uint8Array> {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return flipped
  })
}

/** Header bytes are read as Latin-1, so each flipped byte is one character. */
function textFlips(text: string): ReadonlyArray<string> {
  return flips(Buffer.from(text, "latin1")).map(flipped => Buffer.from(flipped).toString("latin1"))
}
