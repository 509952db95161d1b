import "../compileSchemas.ts"
import { fold, UNKNOWN_PAYMENT } from "@payfold/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { eventsOf, type PaymentStream, paymentStreams, recordedEventColumns, streamsOf } from "../log/paymentStreams.ts"
import type { RunStatement } from "../log/writeAppends.ts"
import type { Change } from "./Projection.ts"
import { ProjectorLimits } from "./ProjectorLimits.ts"

/** The next batch of the log after a position, as one change a payment, and the position it reaches. */
export const changesAfter = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  after: number,
  upTo: number,
) {
  const limits = yield* ProjectorLimits
  const read = yield* run("read log", database =>
    database
      .selectFrom(
        database
          .selectFrom("event")
          .select(["position", "payment_id", "data"])
          .where("merchant", "=", merchant)
          .where("position", ">", after)
          .where("position", "<=", upTo)
          .orderBy("position")
          .limit(limits.events)
          .as("batch"),
      )
      .select(["position", "payment_id"])
      .select(
        sql<number>`sum(octet_length(data)) over (order by position rows unbounded preceding) - octet_length(data)`.as(
          "bytes_before",
        ),
      )
      .orderBy("position")
      .execute(),
  )
  // Without the data: what does not fit is left to the next batch.
  const rows = read.filter(({ bytes_before }) => bytes_before < limits.bytes)
  const position = rows.at(-1)?.position ?? after
  const payments = [...new Set(rows.map(row => row.payment_id))]
  const streams = yield* paymentStreams(run, merchant, payments, position)
  const changes = [...streams].map(([payment, stream]) => toChange(payment, stream, after))
  return { changes, events: rows.length, position }
})

/** Payments of one page, folded whole, and the range of ids they cover: `after` excluded, `upTo` included; the last page has no end. */
export interface PaymentPage {
  readonly changes: ReadonlyArray<Change>
  readonly events: number
  readonly after: string
  readonly upTo: string | undefined
}

/**
 * The next payments after an id, in order of id, each with its whole stream as it stood at a position: one scan of the log by payment, no state is read.
 * A page holds whole payments, as many as fit; the first one always.
 */
export const paymentsAfter = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  after: string,
  position: number,
  betweenPieces: Effect.Effect<void> = Effect.void,
) {
  const limits = yield* ProjectorLimits
  const fitting = yield* run("read payments of the log", database =>
    database
      .selectFrom(
        database
          .selectFrom(
            database
              .selectFrom("event")
              .select([...recordedEventColumns, "version"])
              .where("merchant", "=", merchant)
              .where("payment_id", ">", after)
              .where("position", "<=", position)
              .orderBy("payment_id")
              .orderBy("version")
              // One more than a page holds: whoever is last may be cut.
              .limit(limits.events + 1)
              .as("page"),
          )
          .select([...recordedEventColumns, "version"])
          .select(
            sql<number>`sum(octet_length(data)) over (order by payment_id, version rows unbounded preceding) - octet_length(data)`.as(
              "bytes_before",
            ),
          )
          .as("measured"),
      )
      .select([...recordedEventColumns, "bytes_before"])
      .where(({ eb, or }) => or([eb("bytes_before", "=", 0), eb("bytes_before", "<", limits.bytes)]))
      .orderBy("payment_id")
      .orderBy("version")
      .execute(),
  )
  const [first] = fitting
  const last = fitting.at(-1)
  const bytes = last === undefined ? 0 : last.bytes_before + Buffer.byteLength(last.data)
  const isLast = fitting.length <= limits.events && bytes < limits.bytes
  const cut = isLast ? undefined : last?.payment_id
  const whole = cut === undefined ? fitting : fitting.filter(row => row.payment_id !== cut)
  const changes: Array<Change> = []
  const foldStreams = (streams: ReadonlyMap<string, PaymentStream>) => {
    for (const [payment, stream] of streams) changes.push(toChange(payment, stream, 0))
  }
  if (whole.length === 0 && first !== undefined) {
    foldStreams(yield* paymentStreams(run, merchant, [first.payment_id], position))
  }
  for (const piece of piecesOf(whole)) {
    foldStreams(yield* streamsOf(piece))
    yield* betweenPieces
  }
  const page: PaymentPage = {
    changes,
    events: changes.reduce((sum, change) => sum + change.version, 0),
    after,
    upTo: isLast ? undefined : changes.at(-1)?.payment,
  }
  return page
})

/** Events decoded and folded before the caller may let others have their turn. */
const PIECE_EVENTS = 200

/** Rows in pieces of whole payments. */
function* piecesOf<Row extends { readonly payment_id: string }>(rows: ReadonlyArray<Row>) {
  for (let from = 0; from < rows.length; ) {
    let to = Math.min(from + PIECE_EVENTS, rows.length)
    while (to < rows.length && rows[to]?.payment_id === rows[to - 1]?.payment_id) to += 1
    yield rows.slice(from, to)
    from = to
  }
}

/** What a stream means since a position. */
export function toChange(payment: string, stream: PaymentStream, after: number): Change {
  const firstNew = stream.findIndex(recorded => recorded.position > after)
  const last = stream.at(-1)
  const first = stream[firstNew]
  if (first === undefined || last === undefined) throw new Error(`${payment} did not change after ${after}`)
  return {
    payment,
    before: firstNew === 0 ? UNKNOWN_PAYMENT : fold(eventsOf(stream.slice(0, firstNew))),
    after: fold(eventsOf(stream)),
    events: eventsOf(stream.slice(firstNew)),
    stream,
    version: stream.length,
    position: last.position,
    firstRecordedAt: first.recordedAt,
    lastRecordedAt: last.recordedAt,
  }
}
