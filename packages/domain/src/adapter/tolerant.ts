import { Effect, Option, Schema, SchemaIssue } from "effect"

/**
 * A field that may be missing, null or of another type than documented: then it is unknown, and the rest of the object is read all the
 * same. Providers add and retype attributes in place; one odd field must not hide the others.
 */
export function tolerant<S extends Schema.Constraint>(schema: S) {
  return Schema.optionalKey(
    Schema.UndefinedOr(schema).pipe(Schema.catchDecoding(() => Effect.succeed(Option.some(undefined)))),
  )
}

/**
 * A field without which the object cannot be read; `expected` is what a person is told of it, whether it is missing or something else stands
 * in its place.
 */
export function required<S extends Schema.Top & { readonly DecodingServices: never }>(schema: S, expected: string) {
  return explained(schema, expected).pipe(Schema.annotateKey({ messageMissingKey: expected }))
}

/** These words in place of the schema's own; for a field that may be missing. */
export function explained<S extends Schema.Top & { readonly DecodingServices: never }>(schema: S, expected: string) {
  return schema.pipe(Schema.catchDecoding(() => Effect.fail(new SchemaIssue.InvalidValue({ message: expected }))))
}

/** Held as it is, of whatever type and depth. */
export const Anything = Schema.optionalKey(Schema.Unknown)

/** A text that says something: an empty one is as unknown as a missing one. */
export const WireText = tolerant(Schema.NonEmptyString)
