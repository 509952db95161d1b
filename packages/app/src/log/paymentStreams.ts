import { decodeEvent, type NewerEvent, type PaymentEvent, type UnreadableEvent } from "@payfold/domain"
import { Effect } from "effect"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { RunStatement } from "./writeAppends.ts"

/** One event of a payment, decoded, with its place in the log. */
export interface RecordedEvent {
  readonly position: number
  readonly event: PaymentEvent
}

/** A payment's events so far, oldest first: the index is the version less one. */
export type PaymentStream = ReadonlyArray<RecordedEvent>

/**
 * The streams of these payments up to a position of the log, decoded. A payment without events is not in the map. An event that cannot be
 * read fails the whole: a state without it would be wrong.
 */
export const paymentStreams = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  payments: ReadonlyArray<string>,
  upTo: number,
): Effect.fn.Return<ReadonlyMap<string, PaymentStream>, DatabaseFailure | UnreadableEvent | NewerEvent> {
  const streams = new Map<string, Array<RecordedEvent>>()
  if (payments.length === 0) return streams
  const rows = yield* run("read streams", database =>
    database
      .selectFrom("event")
      .select(["payment_id", "position", "data"])
      .where("merchant", "=", merchant)
      .where("payment_id", "in", payments)
      .where("position", "<=", upTo)
      .orderBy("payment_id")
      .orderBy("version")
      .execute(),
  )
  for (const row of rows) {
    const event = yield* Effect.fromResult(decodeEvent(row.data))
    const stream = streams.get(row.payment_id)
    if (stream === undefined) streams.set(row.payment_id, [{ position: row.position, event }])
    else stream.push({ position: row.position, event })
  }
  return streams
})

/** The events of a stream alone, as `fold` takes them. */
export function eventsOf(stream: PaymentStream): ReadonlyArray<PaymentEvent> {
  return stream.map(recorded => recorded.event)
}
