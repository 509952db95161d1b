import { Result, Schema, Struct } from "effect"
import { explain } from "../explain.ts"
import { EVENT_SCHEMA_VERSION, PaymentEvent } from "./PaymentEvent.ts"

/** A stored event that cannot be read. `path`, `expected` and `found` name the place; no stored value is repeated but tags and versions. */
export class UnreadableEvent extends Schema.TaggedError<UnreadableEvent>()("UnreadableEvent", {
  path: Schema.String,
  expected: Schema.String,
  found: Schema.String,
}) {
  override get message(): string {
    return `A stored event cannot be read: at ${this.path} expected ${this.expected}, found ${this.found}`
  }
}

/** An event written by a newer Payfold. It is never skipped: a state without it would be wrong. */
export class NewerEvent extends Schema.TaggedError<NewerEvent>()("NewerEvent", {
  found: Schema.Number,
  known: Schema.Number,
}) {
  override get message(): string {
    return `An event has schema version ${this.found}; this Payfold reads up to ${this.known}. Upgrade it; nothing was changed.`
  }
}

const decode = Schema.decodeUnknownResult(PaymentEvent)
const encode = Schema.encodeSync(PaymentEvent)
const isVersioned = Schema.is(Schema.Struct({ schemaVersion: Schema.Int }))
/** Asked only where decoding failed: an unknown tag is one short sentence, not the listing of every case. */
const decodeHead = Schema.decodeUnknownResult(
  Schema.Struct({
    _tag: Schema.Literals(Struct.keys(PaymentEvent.cases)),
    schemaVersion: Schema.Literal(EVENT_SCHEMA_VERSION),
  }),
)

/** Reads a stored event of any schema version ever written, as parsed JSON, into today's shape. */
export function upcast(stored: unknown): Result.Result<PaymentEvent, UnreadableEvent | NewerEvent> {
  const decoded = decode(stored)
  return Result.isSuccess(decoded) ? Result.succeed(decoded.success) : Result.fail(whyNot(stored, decoded.failure))
}

function whyNot(stored: unknown, error: Schema.SchemaError): UnreadableEvent | NewerEvent {
  if (isVersioned(stored) && stored.schemaVersion > EVENT_SCHEMA_VERSION) {
    return new NewerEvent({ found: stored.schemaVersion, known: EVENT_SCHEMA_VERSION })
  }
  const head = Result.flip(decodeHead(stored))
  return new UnreadableEvent(
    explain(
      Result.getOrElse(head, () => error),
      stored,
    ),
  )
}

/** Reads the JSON text of a stored event. */
export function decodeEvent(text: string): Result.Result<PaymentEvent, UnreadableEvent | NewerEvent> {
  const parsed = Result.try({
    try: (): unknown => JSON.parse(text),
    catch: () => new UnreadableEvent({ path: "the event", expected: "JSON", found: "other text" }),
  })
  return Result.isSuccess(parsed) ? upcast(parsed.success) : Result.fail(parsed.failure)
}

/** The JSON text that is stored: fields in the order of the schema, so that equal events are equal bytes. */
export function encodeEvent(event: PaymentEvent): string {
  return JSON.stringify(encode(event))
}
