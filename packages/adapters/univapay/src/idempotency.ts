import type { AnswerHeaders } from "@payfold/provider-http"
import { Effect } from "effect"

/**
 * The value of `Idempotency-Key`. Keep it with the order until its answer is known: asking again under the same key does the thing once, asking
 * under a new one may do it twice.
 */
export type IdempotencyKey = string & { readonly IdempotencyKey: unique symbol }

/** A new key; UUID v4 as the provider advises. Source: UnivaPay client SDKs (August 2026, read 2026-11-20). */
export const newIdempotencyKey: Effect.Effect<IdempotencyKey> = Effect.sync(
  // One of the two places that may brand: a UUID is within the grammar.
  () => crypto.randomUUID() as string as IdempotencyKey,
)

/** A key kept elsewhere; `undefined` for what is no key: 1 to 128 letters, digits, `-` and `_`. */
export function toIdempotencyKey(text: string): IdempotencyKey | undefined {
  return /^[A-Za-z0-9_-]{1,128}$/.test(text) ? (text as IdempotencyKey) : undefined
}

/**
 * What the key did, by the answer's `Idempotency-Status`. `kept`: the answer stands under the key. `repeated`: this is the answer of an earlier
 * request under it. `unprotected`: the provider did not keep it, so sending again may do the thing twice. `unknown`: it said nothing we know.
 *
 * Source: UnivaPay client SDKs and univapay-node 4.0.130 (read 2026-11-20).
 */
export type Idempotency = "kept" | "repeated" | "unprotected" | "unknown"

/** Reads it off the headers of an answer of any status. */
export function idempotencyOf(headers: AnswerHeaders): Idempotency {
  switch (headers["idempotency-status"]) {
    case "successfully_stored":
      return "kept"
    case "retrieved_idempotent_response":
      return "repeated"
    case "not_stored":
    case "no_status":
    case "disabled":
    case "error":
      return "unprotected"
    default:
      return "unknown"
  }
}
