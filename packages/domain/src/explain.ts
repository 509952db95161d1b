import { type Schema, SchemaIssue } from "effect"

/** Where a value cannot be read, what was expected there, and what kind of thing was found. */
export interface Explanation {
  readonly path: string
  readonly expected: string
  readonly found: string
}

const toIssues = SchemaIssue.makeFormatterStandardSchemaV1()

/**
 * Explains a decode error for people and logs. It names kinds, never contents: a provider's body holds names, e-mail addresses and phone
 * numbers, and a message travels further than the body does.
 */
export function explain(error: Schema.SchemaError, input: unknown): Explanation {
  const [issue] = toIssues(error.issue).issues
  const path = (issue?.path ?? []).map(step => (typeof step === "object" ? step.key : step))
  return {
    path: path.length === 0 ? "the whole" : path.map(String).join("."),
    expected: expectation(issue?.message ?? "another value"),
    found: kindOf(path.reduce<unknown>(valueAt, input)),
  }
}

/** The schema's own words, in one line. */
function expectation(message: string): string {
  return message === "Missing key" ? "a value" : message.replace(/^Expected /, "").replace(/\n.*/s, "")
}

/** What kind of thing a value is, without repeating it. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  if (typeof value === "string") return value === "" ? "an empty text" : `a text of ${value.length} characters`
  if (typeof value === "number") return kindOfNumber(value)
  if (typeof value === "boolean") return String(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  return "an object"
}

function kindOfNumber(value: number): string {
  if (!Number.isInteger(value)) return "a number that is not whole"
  if (!Number.isSafeInteger(value)) return "a number beyond 2^53"
  return value < 0 ? "a negative number" : value === 0 ? "0" : "a positive number"
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined
  // Any own property of a parsed JSON value may be looked at; what it is, `kindOf` says.
  return (value as Record<PropertyKey, unknown>)[key]
}
