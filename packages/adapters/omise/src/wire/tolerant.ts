import { Effect, Option, Schema } from "effect"

/**
 * A field that may be missing, null or of another type than documented: then it is unknown, and the rest of the object is read all the
 * same. Omise adds and retypes attributes in place, and its older recordings lack half of them.
 */
export function tolerant<S extends Schema.Constraint>(schema: S) {
  return Schema.optionalKey(
    Schema.UndefinedOr(schema).pipe(Schema.catchDecoding(() => Effect.succeed(Option.some(undefined)))),
  )
}

/** What Omise's own logs put in the place of a value they hide; their recorded payloads hold it, and it says nothing. */
export const HIDDEN = "[FILTERED]"

/** A text that says something: an empty or a hidden one is as unknown as a missing one. */
export const Text = tolerant(Schema.NonEmptyString.check(Schema.isPattern(/^(?!\[FILTERED\]$)/)))

export const Flag = tolerant(Schema.Boolean)

/** Held as it is, of whatever type and depth. */
export const Anything = Schema.optionalKey(Schema.Unknown)

/** A field without which the object cannot be read; `expected` is what a person is told when it is missing. */
export function required<S extends Schema.Top>(schema: S, expected: string): S["Rebuild"] {
  return schema.pipe(Schema.annotateKey({ messageMissingKey: expected }))
}
