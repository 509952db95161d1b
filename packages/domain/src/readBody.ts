import { Result } from "effect"
import type { Unreadable } from "./Translation.ts"

const utf8 = new TextDecoder("utf-8", { fatal: true })

/** Parses a delivery's bytes as JSON in UTF-8. `Unreadable` says which of the two they are not. */
export function readBody(bytes: Uint8Array): Result.Result<unknown, Unreadable> {
  if (bytes.length === 0) return unreadable("the body is empty: expected JSON")
  const text = Result.try({ try: () => utf8.decode(bytes), catch: () => undefined })
  if (Result.isFailure(text)) return unreadable("the body is not UTF-8: expected JSON in UTF-8")
  return Result.try({
    try: (): unknown => JSON.parse(text.success),
    catch: error => notJson(error, text.success),
  })
}

/** V8 repeats a piece of the text in its message, which may hold personal data; only the place is taken, from the end, where no text is. */
function notJson(error: unknown, text: string): Unreadable {
  const position = /at position (\d+) \(line \d+ column \d+\)$/.exec(String(error))?.[1]
  if (position === undefined) return { _tag: "Unreadable", reason: "the body is not JSON" }
  const place = Number(position) < text.length ? `near character ${Number(position) + 1}` : "it ends too early"
  return { _tag: "Unreadable", reason: `the body is not JSON (${place})` }
}

function unreadable(reason: string): Result.Result<never, Unreadable> {
  return Result.fail({ _tag: "Unreadable", reason })
}
