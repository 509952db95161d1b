/**
 * One event as the log keeps it. The log does not look inside: `data` is the event's JSON text, kept byte for byte, because the hash
 * chain covers it.
 */
export interface EncodedEvent {
  readonly type: string
  readonly schemaVersion: number
  /** Who said it, and in which version of its translation. */
  readonly adapter: string
  readonly adapterVersion: number
  readonly data: string
}

/** An event to append, with the delivery that taught it and what it belongs to, where there is one. */
export interface NewEvent extends EncodedEvent {
  readonly deliveryId: number | null
  readonly correlation: string | null
}

/** An event of the log with its envelope. Versions count from 1 in a payment, positions from 1 in the log, both without gaps. */
export interface StoredEvent extends NewEvent {
  readonly position: number
  readonly payment: string
  readonly version: number
  /** When we recorded it: ISO 8601 in UTC; never runs backwards along the positions. */
  readonly recordedAt: string
}
