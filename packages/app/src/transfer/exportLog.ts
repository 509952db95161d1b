import { createHash } from "node:crypto"
import { Effect, Option, Stream } from "effect"
import { UnknownMerchant } from "../log/AppendError.ts"
import { Database } from "../postgres/Database.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import { deliveriesFrom, eventsFrom, keysFrom } from "./exportPages.ts"
import type { LogFileLine } from "./LogFile.ts"
import { type LogMoment, logMoment } from "./logMoment.ts"

export interface ExportOptions {
  /** Told after every page: events and deliveries written, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void
}

/** A line as it is written: its values as JSON has them. */
export type WrittenLine = typeof LogFileLine.Encoded
export type WrittenOf<Tag extends WrittenLine["_tag"]> = Extract<WrittenLine, { readonly _tag: Tag }>

/**
 * A merchant's whole log as the text of a file, some lines at a time, up to the head as it stands when the stream begins: see `LogFileLine`.
 *
 * Each page is a statement of its own, so the memory is one page, and no snapshot is held while a slow reader takes its time. What is appended or
 * comes in meanwhile is left out; a delivery that is drained meanwhile is written as one that waits, since its events are left out too.
 */
export const exportLog = (
  merchant: string,
  { onProgress = () => {} }: ExportOptions = {},
): Stream.Stream<string, UnknownMerchant | DatabaseFailure, Database> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const database = yield* Database
      const moment = yield* logMoment(database, merchant)
      if (moment === undefined) return yield* new UnknownMerchant({ merchant })
      return textOf(moment, onProgress, [
        pages(0, after => eventsFrom(database, moment, after)),
        pages(0, after => deliveriesFrom(database, moment, after)),
        pages("", after => keysFrom(database, moment, after)),
      ])
    }),
  )

/** A page of lines, and where the next begins; none where there is no more. */
export interface ExportPage<At, Tag extends WrittenLine["_tag"] = WrittenLine["_tag"]> {
  readonly lines: ReadonlyArray<WrittenOf<Tag>>
  readonly last: At | undefined
}

type Pages = Stream.Stream<ReadonlyArray<WrittenLine>, DatabaseFailure>

const pages = <At>(first: At, read: (after: At) => Effect.Effect<ExportPage<At>, DatabaseFailure>): Pages =>
  Stream.paginate(first, after =>
    Effect.map(read(after), ({ lines, last }) => [[lines], Option.fromUndefinedOr(last)] as const),
  )

/** The text of the pages between the first line and the last, which counts and seals what came before it. */
const textOf = (moment: LogMoment, onProgress: (done: number, total: number) => void, parts: ReadonlyArray<Pages>) => {
  const sealed = createHash("sha256")
  const counts = { Log: 0, Event: 0, Delivery: 0, AppendKey: 0, End: 0 }
  const total = moment.head.position + moment.deliveries
  const write = (lines: ReadonlyArray<WrittenLine>) => {
    const text = lines.map(line => `${JSON.stringify(line)}\n`).join("")
    sealed.update(text)
    for (const { _tag } of lines) counts[_tag] += 1
    onProgress(counts.Event + counts.Delivery, total)
    return text
  }
  const end = Stream.suspend(() =>
    Stream.make(
      `${JSON.stringify({
        _tag: "End",
        events: counts.Event,
        deliveries: counts.Delivery,
        appendKeys: counts.AppendKey,
        sha256: sealed.digest("hex"),
      } satisfies WrittenLine)}\n`,
    ),
  )
  const head = Stream.make([moment.line])
  return [head, ...parts]
    .reduce<Stream.Stream<string, DatabaseFailure>>(
      (text, part) => Stream.concat(text, Stream.map(part, write)),
      Stream.empty,
    )
    .pipe(Stream.concat(end))
}
