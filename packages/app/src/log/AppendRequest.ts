import type { NewEvent } from "./EncodedEvent.ts"

/**
 * What the writer knows of a payment: that it has no events, that its last event has this version, or nothing. `Any` is for writers
 * whose events hold whatever came before; it is never right after a decision that read the stream.
 */
export type ExpectedVersion = "NoStream" | "Any" | number

/** The next events of one payment. Without events it is no part of the append, and its expectation is not looked at. */
export interface PaymentAppend {
  readonly payment: string
  readonly expected: ExpectedVersion
  readonly events: ReadonlyArray<NewEvent>
}

/** All or nothing, in this order, on consecutive positions. `key` makes it idempotent for ever: the same request is answered as before. */
export interface AppendRequest {
  readonly payments: ReadonlyArray<PaymentAppend>
  readonly key?: string
}

/** Where the events stand; null for an append without events, which touched nothing. */
export interface Appended {
  readonly firstPosition: number
  readonly lastPosition: number
}
