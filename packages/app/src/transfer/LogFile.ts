import { Instant } from "@payfold/domain"
import { Schema } from "effect"

/** The format's name stands first in every file; the version grows when an older Payfold could not read what a newer one writes. */
export const LOG_FILE_FORMAT = "payfold-log"
export const LOG_FILE_VERSION = 1

/** What PostgreSQL keeps as it is: neither NUL nor half a surrogate pair. */
const Text = Schema.String.check(
  Schema.makeFilter((text: string) => text.isWellFormed() && !text.includes("\0"), {
    message: "Expected a text that a database keeps as it is",
  }),
)
const Hash = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/, { message: "Expected 64 hexadecimal digits" }))
const Name = Text.check(Schema.isNonEmpty())
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Positive = Schema.Int.check(Schema.isGreaterThan(0))

/**
 * The lines of an exported log, in this order: one `Log`, the events by position, the deliveries by number, the append keys by name, one `End`.
 * NDJSON in UTF-8. Numbers are whole; hashes are hexadecimal; instants are ISO 8601 in UTC.
 */
export const LogFileLine = Schema.TaggedUnion({
  /** Whose log, its settings, and where it ends. `deliveries` and `lastDelivery`: how many there are, and the number of the last, 0 for none. */
  Log: {
    format: Schema.Literal(LOG_FILE_FORMAT),
    version: Schema.Literal(LOG_FILE_VERSION),
    merchant: Name,
    timeZone: Name,
    referenceKeys: Schema.Array(Text),
    /** The chain is empty, and nothing was recorded, while the log is. */
    head: Schema.Struct({
      position: Count,
      recordedAt: Schema.NullOr(Instant),
      chain: Schema.Union([Hash, Schema.Literal("")]),
    }),
    deliveries: Count,
    lastDelivery: Count,
  },
  /** An event with its envelope. `data` is the event's JSON text, byte for byte; `link` the chain after the append that ends with it. */
  Event: {
    position: Positive,
    payment: Name,
    version: Positive,
    type: Name,
    schemaVersion: Positive,
    adapter: Text,
    adapterVersion: Count,
    deliveryId: Schema.NullOr(Positive),
    correlation: Schema.NullOr(Text),
    recordedAt: Instant,
    data: Text,
    link: Schema.NullOr(Hash),
  },
  /** A delivery and what became of it. `body` is its very bytes, as text where they are UTF-8; null where they were pruned. */
  Delivery: {
    deliveryId: Positive,
    provider: Name,
    receivedAt: Instant,
    lastReceivedAt: Instant,
    timesReceived: Positive,
    verdict: Schema.Literals(["verified", "operator", "unverified"]),
    state: Schema.Literals(["waiting", "recorded", "ignored", "quarantined"]),
    reason: Schema.NullOr(Text),
    drainedAt: Schema.NullOr(Instant),
    prunedAt: Schema.NullOr(Instant),
    headers: Schema.Record(Text, Text),
    bodyHash: Hash,
    body: Schema.NullOr(
      Schema.Union([Schema.Struct({ text: Schema.String }), Schema.Struct({ base64: Schema.String })]),
    ),
  },
  /** An idempotency key of an append, so that the same request is answered as before. */
  AppendKey: { key: Name, requestHash: Hash, firstPosition: Positive, lastPosition: Positive },
  /** Closes the file. `sha256` is of every byte before this line. */
  End: { events: Count, deliveries: Count, appendKeys: Count, sha256: Hash },
})
export type LogFileLine = typeof LogFileLine.Type

/** A line by its tag. */
export type LineOf<Tag extends LogFileLine["_tag"]> = Extract<LogFileLine, { readonly _tag: Tag }>
