import { Effect, Option, Schema, SchemaGetter, SchemaIssue } from "effect"

type Field = Schema.Constraint & { readonly DecodingServices: never }

/**
 * A field that may be missing, null or of another type than documented: then it is unknown, and the rest of the object is read all the
 * same. Providers add and retype attributes in place; one odd field must not hide the others.
 */
export function tolerant<S extends Field>(schema: S) {
  return readBy(reader(schema))
}

/** A text that says something: an empty one is as unknown as a missing one, and so is the one that a provider hides a value behind. */
export function wireText(hidden?: string) {
  return readBy(value => (typeof value === "string" && value !== "" && value !== hidden ? value : undefined))
}

/** A text of a provider that hides nothing. */
export const WireText = wireText()

/** Yes or no; anything else is as unknown as a missing one. */
export const WireFlag = readBy(value => (typeof value === "boolean" ? value : undefined))

/**
 * A transformation, which a compiled schema calls as the plain function it is: most fields of a charge are null, and an issue made and thrown away for each
 * took most of the time, then the success that a declaration answers with (an Omise charge 14.8 µs, 8, this way 5; measured).
 */
function readBy<A>(read: (value: unknown) => A | undefined) {
  // `read` has looked at what it gives; nothing looks at it again.
  const known = Schema.Unknown as Schema.Codec<A | undefined>
  return Schema.optionalKey(
    Schema.Unknown.pipe(
      Schema.decodeTo(known, {
        decode: SchemaGetter.transform(value => (value === null || value === undefined ? undefined : read(value))),
        encode: SchemaGetter.passthrough(),
      }),
    ),
  )
}

/**
 * A field without which the object cannot be read; `expected` is what a person is told of it, whether it is missing or something else stands
 * in its place.
 */
export function required<S extends Field>(schema: S, expected: string) {
  return explained(schema, expected).pipe(Schema.annotateKey({ messageMissingKey: expected }))
}

/** These words in place of the schema's own; for a field that may be missing. */
export function explained<S extends Field>(schema: S, expected: string) {
  const read = reader(schema)
  return Schema.declareConstructor<S["Type"], unknown>()([], () => value => {
    const found = read(value)
    return found === undefined
      ? Effect.fail(new SchemaIssue.InvalidValue({ message: expected }))
      : Effect.succeed(found)
  })
}

/** What the schema makes of a value; `undefined` where it refuses it. No field of a wire decodes to `undefined`. */
function reader<S extends Field>(schema: S): (value: unknown) => S["Type"] | undefined {
  // A text, number or flag that is read as it stands needs only be looked at.
  if (["String", "Number", "Boolean"].includes(schema.ast._tag) && schema.ast.encoding === undefined) {
    const is = Schema.is(schema)
    return value => (is(value) ? value : undefined)
  }
  const decode = Schema.decodeUnknownOption(schema)
  return value => Option.getOrUndefined(decode(value))
}

/** Held as it is, of whatever type and depth. */
export const Anything = Schema.optionalKey(Schema.Unknown)
