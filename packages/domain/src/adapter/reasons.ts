import type { Schema } from "effect"
import { explain, kindOf } from "../explain.ts"
import type { Ignored, Unreadable } from "../Translation.ts"

/** Why an object says nothing about a payment. */
export function ignored(reason: string): Ignored {
  return { _tag: "Ignored", reason }
}

/** Steps from the whole body to the object at hand: `["items", 3, "data"]`; none for the whole. */
export type Place = ReadonlyArray<string | number>

/** The first thing wrong with an object of a known kind; never what it holds. */
export function unreadable(what: string, place: Place, error: Schema.SchemaError, input: unknown): Unreadable {
  const { path, expected, found } = explain(error, input)
  return unreadableAt(what, path === "the whole" ? place : [...place, path], expected, found)
}

/** The same where no schema found it. `found` names a kind, as `kindOf` does. */
export function unreadableAt(what: string, place: Place, expected: string, found: string): Unreadable {
  const where = place.length === 0 ? "" : ` at ${place.join(".")}`
  return { _tag: "Unreadable", reason: `${what} cannot be read: expected ${expected}${where}, found ${found}` }
}

/**
 * A provider's own word, for people: kept where it is a word, and otherwise only its kind is told, because what stands in its place may be
 * anything.
 */
export function named(word: unknown): string {
  return typeof word === "string" && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(word) ? `“${word}”` : kindOf(word)
}
