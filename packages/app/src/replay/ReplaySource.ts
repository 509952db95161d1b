import { decodeEvent } from "@payfold/domain"
import { Effect, Option, Result, Stream } from "effect"
import { UnknownMerchant } from "../log/AppendError.ts"
import type { StoredEvent } from "../log/EncodedEvent.ts"
import type { RecordedEvent } from "../log/paymentStreams.ts"
import { positionAsOf } from "../log/positionAsOf.ts"
import type { Merchant } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import { paymentsAfter, toChange } from "../projection/changes.ts"
import type { Change } from "../projection/Projection.ts"
import { bodyBytes } from "../transfer/bodyText.ts"
import type { WrittenOf } from "../transfer/exportLog.ts"
import { deliveriesFrom, eventsFrom } from "../transfer/exportPages.ts"
import { fileBytes } from "../transfer/fileBytes.ts"
import type { LineOf } from "../transfer/LogFile.ts"
import { logFileFailure } from "../transfer/LogFileFault.ts"
import { logMoment } from "../transfer/logMoment.ts"
import { type LineBatch, readLogFile } from "../transfer/readLogFile.ts"
import { momentFromText } from "./Moment.ts"
import { wasThere } from "./ReplayFilter.ts"
import type { ReplayDelivery, ReplayEvent, ReplayFailure } from "./ReplayLog.ts"

/** Where a log is read from: the same questions to a database and to a file. */
export interface ReplaySource {
  readonly merchant: Merchant
  readonly head: number
  readonly events: Stream.Stream<ReplayEvent, ReplayFailure>
  /** Payments that are wanted, each with its whole stream as it stood then. */
  readonly payments: (
    asOf: number | string | undefined,
    wants: (payment: string) => boolean,
  ) => Stream.Stream<Change, ReplayFailure>
  readonly deliveries: Stream.Stream<ReplayDelivery, ReplayFailure>
}

/** The log of a database, up to its head as it stands now. */
export const databaseSource = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const moment = yield* logMoment(database, merchant)
  if (moment === undefined) return yield* new UnknownMerchant({ merchant })
  const { head, line } = moment
  const position = (asOf: number | string | undefined) => {
    if (asOf === undefined) return Effect.succeed(head.position)
    const then = Result.getOrThrowWith(momentFromText(String(asOf)), message => new RangeError(message))
    const found =
      then._tag === "Position" ? Effect.succeed(then.position) : positionAsOf(database, merchant, then.instant)
    return Effect.map(found, one => Math.min(one, head.position))
  }
  return {
    merchant: merchantOf(line),
    head: head.position,
    events: Stream.paginate(0, after =>
      Effect.map(
        eventsFrom(database, moment, after),
        ({ lines, last }) => [lines, Option.fromUndefinedOr(last)] as const,
      ),
    ).pipe(Stream.mapEffect(eventOf)),
    payments: (asOf, wants) =>
      Stream.unwrap(
        Effect.map(position(asOf), upTo =>
          Stream.paginate("", after =>
            Effect.map(
              paymentsAfter(database.read, merchant, after, upTo),
              page => [page.pieces, Option.fromUndefinedOr(page.upTo)] as const,
            ),
          ).pipe(
            Stream.mapEffect(piece => piece),
            Stream.flattenIterable,
            Stream.filter(({ payment }) => wants(payment)),
          ),
        ),
      ),
    deliveries: Stream.paginate(0, after =>
      Effect.map(
        deliveriesFrom(database, moment, after),
        ({ lines, last }) => [lines, Option.fromUndefinedOr(last)] as const,
      ),
    ).pipe(Stream.map(deliveryOf)),
  } satisfies ReplaySource
})

/** The log of an exported file, which is read anew for each question. */
export const fileSource = Effect.fnUntraced(function* (path: string): Effect.fn.Return<ReplaySource, ReplayFailure> {
  const batches = Stream.suspend(() => Stream.fromAsyncIterable(readLogFile(fileBytes(path)), logFileFailure))
  const linesOf = <Tag extends LineBatch["tag"]>(tag: Tag) =>
    batches.pipe(
      Stream.takeUntil(batch => ORDER.indexOf(batch.tag) > ORDER.indexOf(tag)),
      // A batch has the lines of its tag.
      Stream.flatMap(batch =>
        Stream.fromIterable(batch.tag === tag ? (batch.lines as ReadonlyArray<LineOf<Tag>>) : []),
      ),
    )
  const first = yield* Stream.runHead(linesOf("Log"))
  // A file without it is refused by `readLogFile`.
  const log = Option.getOrThrow(first)
  const events = linesOf("Event").pipe(Stream.mapEffect(eventOf))
  return {
    merchant: merchantOf(log),
    head: log.head.position,
    events,
    payments: (asOf, wants) =>
      events.pipe(
        Stream.takeWhile(wasThere(asOf)),
        Stream.filter(({ payment }) => wants(payment)),
        Stream.runFold(() => new Map<string, Array<RecordedEvent>>(), addEvent),
        Effect.map(streams =>
          Stream.fromIterable([...streams.keys()].sort()).pipe(
            Stream.map(payment => toChange(payment, streams.get(payment) ?? [], 0)),
          ),
        ),
        Stream.unwrap,
      ),
    deliveries: linesOf("Delivery").pipe(Stream.map(deliveryOf)),
  }
})

const ORDER: ReadonlyArray<LineBatch["tag"]> = ["Log", "Event", "Delivery", "AppendKey", "End"]

function addEvent(
  streams: Map<string, Array<RecordedEvent>>,
  { payment, position, recordedAt, deliveryId, correlation, event }: ReplayEvent,
): Map<string, Array<RecordedEvent>> {
  const recorded = { position, recordedAt, deliveryId, correlation, event }
  const stream = streams.get(payment)
  if (stream === undefined) streams.set(payment, [recorded])
  else stream.push(recorded)
  return streams
}

function merchantOf({ merchant, timeZone, referenceKeys }: WrittenOf<"Log">): Merchant {
  return { merchant, timeZone, referenceKeys }
}

const eventOf = (line: StoredEvent) =>
  Effect.map(Effect.fromResult(decodeEvent(line.data)), (event): ReplayEvent => {
    const { payment, version, position, recordedAt, deliveryId, correlation } = line
    return { payment, version, position, recordedAt, deliveryId, correlation, event }
  })

function deliveryOf({ deliveryId, provider, receivedAt, verdict, body }: WrittenOf<"Delivery">): ReplayDelivery {
  return { deliveryId, provider, receivedAt, verdict, body: body === null ? null : bodyBytes(body) }
}
