import { isUtf8 } from "node:buffer"
import type { LineOf } from "./LogFile.ts"

type Body = NonNullable<LineOf<"Delivery">["body"]>

/** The bytes of a body for a line of JSON: as text where they are UTF-8, which gives back the very bytes, else in base64. */
export function bodyText(bytes: Uint8Array): Body {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return isUtf8(buffer) ? { text: buffer.toString("utf8") } : { base64: buffer.toString("base64") }
}

/** The bytes again. */
export function bodyBytes(body: Body): Uint8Array {
  return "text" in body ? Buffer.from(body.text, "utf8") : Buffer.from(body.base64, "base64")
}
