/**
 * Replaces what neither store accepts in a text by U+FFFD: a lone surrogate is no Unicode, and PostgreSQL has no NUL in text. Cuts what is longer than
 * any text that a payment needs. Gives back the value and the
 * places where something was replaced. For values built by a translation: plain, and nested no deeper than an event is.
 */
export function storable<Value>(value: Value): { readonly value: Value; readonly replaced: ReadonlyArray<string> } {
  const replaced: Array<string> = []
  // The copy has the shape of the original: only texts differ.
  return { value: copy(value, "", replaced) as Value, replaced }
}

/** Gives back the value itself where nothing in it is replaced: nearly always, and copying was the largest cost of a translation. */
function copy(value: unknown, place: string, replaced: Array<string>): unknown {
  if (typeof value === "string") return copyText(value, place, replaced)
  if (typeof value !== "object" || value === null) return value
  const before = replaced.length
  if (Array.isArray(value)) {
    const items = value.map((item, index) => copy(item, `${place}[${index}]`, replaced))
    return replaced.length === before ? value : items
  }
  const fields: Array<[string, unknown]> = []
  for (const [key, item] of Object.entries(value)) {
    fields.push([key, copy(item, place === "" ? key : `${place}.${key}`, replaced)])
  }
  return replaced.length === before ? value : Object.fromEntries(fields)
}

/** Longest text of an event, in UTF-16 code units; the body keeps what is cut. The longest text seen in one is below 1,000. */
const MAXIMUM_TEXT = 4_096

function copyText(text: string, place: string, replaced: Array<string>): string {
  if (text.length <= MAXIMUM_TEXT && text.isWellFormed() && !text.includes("\0")) return text
  replaced.push(place)
  const cut = text.length > MAXIMUM_TEXT ? `${text.slice(0, MAXIMUM_TEXT - 1)}…` : text
  return cut.toWellFormed().replaceAll("\0", "\uFFFD")
}
