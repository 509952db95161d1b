import { explain, type Ignored, kindOf, type Unreadable } from "@payfold/domain"
import type { Schema } from "effect"

/** Why an object says nothing about a payment. */
export function ignored(reason: string): Ignored {
  return { _tag: "Ignored", reason }
}

/** Where an object cannot be read; never what it holds. */
export function unreadable(what: string, error: Schema.SchemaError, input: unknown): Unreadable {
  const { path, expected, found } = explain(error, input)
  return unreadableAt(what, path, expected, found)
}

export function unreadableAt(what: string, path: string, expected: string, found: string): Unreadable {
  return { _tag: "Unreadable", reason: `${what} cannot be read: expected ${expected} at ${path}, found ${found}` }
}

/**
 * A provider's own word, for people: kept where it is a word, and otherwise only its kind is told, because what stands in its place may be
 * anything.
 */
export function named(word: unknown): string {
  return typeof word === "string" && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(word) ? `“${word}”` : kindOf(word)
}
