import type { Answer } from "@payfold/provider-http"

/** What an inbox takes: the bytes, and the same as parsed JSON. */
export interface Delivery {
  readonly bytes: Uint8Array
  readonly body: unknown
}

const encoder = new TextEncoder()

/**
 * Charge, token and latest expiry as one body, `{"charge":…,"token":…,"expiry":…}`: each verbatim as it was answered, byte for byte, and null
 * where there is none. Only a byte order mark is left out: it may open a text, and within one it is no JSON.
 */
export function toDelivery(charge: Answer, token: Answer | undefined, expiry: Answer | undefined): Delivery {
  const bytes = Buffer.concat([
    encoder.encode('{"charge":'),
    verbatim(charge),
    encoder.encode(',"token":'),
    verbatim(token),
    encoder.encode(',"expiry":'),
    verbatim(expiry),
    encoder.encode("}"),
  ])
  return {
    bytes: new Uint8Array(bytes),
    body: { charge: charge.body ?? null, token: token?.body ?? null, expiry: expiry?.body ?? null },
  }
}

/** An answer without a body is none. */
function verbatim(answer: Answer | undefined): Uint8Array {
  if (answer === undefined || answer.bytes.length === 0) return encoder.encode("null")
  return BYTE_ORDER_MARK.every((byte, index) => answer.bytes[index] === byte)
    ? answer.bytes.subarray(BYTE_ORDER_MARK.length)
    : answer.bytes
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
