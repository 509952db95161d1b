/** Letters, digits, dot, underscore and hyphen: what codes and words of an API are made of. A name or an address is not. */
const WORD = /^[A-Za-z0-9_.-]{1,64}$/

/** A provider's code or word, where it is one; `undefined` for free text, which may be anything about anybody. */
export function plainWord(value: unknown): string | undefined {
  return typeof value === "string" && WORD.test(value) ? value : undefined
}

/** Longer messages are cut: they are for people. */
const MAXIMUM_MESSAGE = 200

/**
 * A provider's message without what reaches a person: e-mail addresses and runs of seven digits or more become `…`. Events are kept for ever and travel; the
 * message as it was sent stays in the inbox.
 */
export function withoutContacts(text: string): string {
  const kept = text.replace(/[^\s@<>]+@[^\s@<>]+/gu, "…").replace(/\+?\d(?:[\s().-]{0,2}\d){6,}/gu, "…")
  return kept.length > MAXIMUM_MESSAGE ? `${kept.slice(0, MAXIMUM_MESSAGE - 1)}…` : kept
}
