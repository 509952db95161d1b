import "../compileSchemas.ts"
import { fold, type NewerEvent, UNKNOWN_PAYMENT, type UnreadableEvent } from "@payfold/domain"
import { Effect } from "effect"
import { CompiledQuery, sql } from "kysely"
import {
  eventsOf,
  type PaymentStream,
  paymentStreams,
  type RecordedEventRow,
  recordedEventColumns,
  streamOfWanted,
  streamsOf,
} from "../log/paymentStreams.ts"
import type { RunStatement } from "../log/writeAppends.ts"
import { plannedStatement } from "../postgres/hotStatement.ts"
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
  const statement = CompiledQuery.raw(readingChanges, [merchant, after, upTo, limits.events, limits.bytes])
  const { rows } = yield* run("read changes", database => database.executeQuery<RecordedEventRow>(statement))
  const streams = yield* streamsOf(rows)
  const changes = [...streams].map(([payment, stream]) => toChange(payment, stream, after))
  const events = rows.filter(row => row.position > after).length
  return { changes, events, position: rows.reduce((last, row) => Math.max(last, row.position), after) }
})

/** Whole streams up to the last event that fits. Planned each time: a plan kept from when the log was small might sort all of it for every batch. */
const readingChanges = plannedStatement(
  "read changes",
  `with batch as materialized (
    select position, payment_id, octet_length(data) as bytes from payfold.event
    where merchant = $1::text and position > $2::bigint and position <= $3::bigint order by position limit $4::int
  ), fitting as materialized (
    select position, payment_id from (
      select position, payment_id, sum(bytes) over (order by position rows unbounded preceding) - bytes as bytes_before
      from batch
    ) as measured where bytes_before < $5::bigint
  )
  select found.* from (select distinct payment_id from fitting) as wanted, ${streamOfWanted(
    "$1",
    "(select max(position) from fitting)",
  )} order by found.payment_id, found.version`,
)

/** Some payments of a page, whole, each as one change; decoded and folded when it is run, so that what it makes need not live as long as the page. */
export type Piece = Effect.Effect<ReadonlyArray<Change>, UnreadableEvent | NewerEvent>

/** Payments of one page, in order of id, and the range of ids they cover: `after` excluded, `upTo` included; the last page has no end. */
export interface PaymentPage {
  readonly pieces: ReadonlyArray<Piece>
  readonly payments: number
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
  if (whole.length === 0 && first !== undefined) {
    const changes = wholeStreams(yield* paymentStreams(run, merchant, [first.payment_id], position))
    const events = changes.reduce((sum, change) => sum + change.version, 0)
    return {
      pieces: [Effect.succeed(changes)],
      payments: 1,
      events,
      after,
      upTo: first.payment_id,
    } satisfies PaymentPage
  }
  return {
    pieces: [...piecesOf(whole)].map(rows => Effect.map(streamsOf(rows), wholeStreams)),
    payments: new Set(whole.map(row => row.payment_id)).size,
    events: whole.length,
    after,
    upTo: isLast ? undefined : whole.at(-1)?.payment_id,
  } satisfies PaymentPage
})

function wholeStreams(streams: ReadonlyMap<string, PaymentStream>): ReadonlyArray<Change> {
  return Array.from(streams, ([payment, stream]) => toChange(payment, stream, 0))
}

/** Events folded at a time, and those that their last payment has beyond: some 300 payments, while whose rows are written the next are folded. */
const PIECE_EVENTS = 750

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
  const events = eventsOf(stream)
  return {
    payment,
    before: firstNew === 0 ? UNKNOWN_PAYMENT : fold(events.slice(0, firstNew)),
    after: fold(events),
    events: firstNew === 0 ? events : events.slice(firstNew),
    stream,
    version: stream.length,
    position: last.position,
    firstRecordedAt: first.recordedAt,
    lastRecordedAt: last.recordedAt,
  }
}
