import { type Redacted, type Result, Schema } from "effect"

/** A delivery as it came in: the raw bytes, never re-serialised, and its headers with names in small letters. */
export interface RawDelivery {
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string | undefined>>
  /** When it came in, in milliseconds since 1970: the caller's clock, because a verifier has none. */
  readonly receivedAt: number
}

/** Authentic, or not with the reason, which never repeats a header or a secret. */
export type Verdict = { readonly _tag: "Verified" } | { readonly _tag: "Unverified"; readonly reason: string }

/** Is a delivery authentic? Pure, in constant time over what is secret. */
export type Verify = (delivery: RawDelivery) => Verdict

/** A secret that cannot protect anything: empty, or not of the provider's form. Nothing may start with it. */
export class SecretRefused extends Schema.TaggedError<SecretRefused>()("SecretRefused", {
  provider: Schema.String,
  expected: Schema.String,
  found: Schema.String,
}) {
  override get message(): string {
    return `The ${this.provider} secret cannot be used: expected ${this.expected}, found ${this.found}`
  }
}

/** Makes a `Verify` of the secrets in force, two while one is being replaced; refuses at once what would let anything through. */
export type MakeVerify = (secrets: ReadonlyArray<Redacted.Redacted>) => Result.Result<Verify, SecretRefused>
