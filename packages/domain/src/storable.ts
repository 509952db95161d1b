/**
 * Replaces what neither store accepts in a text by U+FFFD: a lone surrogate is no Unicode, and PostgreSQL has no NUL in text. Cuts what is longer than
 * any text that a payment needs. Gives back the value and the
 * places where something was replaced. For values built by a translation: plain, and nested no deeper than an event is.
 */
export function storable<Value>(value: Value): { readonly value: Value; readonly replaced: ReadonlyArray<string> } {
  if (isStorable(value)) return { value, replaced: [] }
  const replaced: Array<string> = []
  // The copy has the shape of the original: only texts differ.
  return { value: copy(value, "", replaced) as Value, replaced }
}

/** Nearly always; looked for first, because naming each place as it was copied was the largest cost of a translation (3 of 12 µs, measured). */
function isStorable(value: unknown): boolean {
  if (typeof value === "string") return isStorableText(value)
  if (typeof value !== "object" || value === null) return true
  if (Array.isArray(value)) return value.every(isStorable)
  // Any property of a plain value may be looked at.
  for (const key in value) if (!isStorable((value as Record<string, unknown>)[key])) return false
  return true
}

function copy(value: unknown, place: string, replaced: Array<string>): unknown {
  if (typeof value === "string") return copyText(value, place, replaced)
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map((item, index) => copy(item, `${place}[${index}]`, replaced))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, copy(item, place === "" ? key : `${place}.${key}`, replaced)]),
  )
}

/** Longest text of an event, in UTF-16 code units; the body keeps what is cut. The longest text seen in one is below 1,000. */
const MAXIMUM_TEXT = 4_096

function isStorableText(text: string): boolean {
  return text.length <= MAXIMUM_TEXT && text.isWellFormed() && !text.includes("\0")
}

function copyText(text: string, place: string, replaced: Array<string>): string {
  if (isStorableText(text)) return text
  replaced.push(place)
  const cut = text.length > MAXIMUM_TEXT ? `${text.slice(0, MAXIMUM_TEXT - 1)}…` : text
  return cut.toWellFormed().replaceAll("\0", "\uFFFD")
}
