import { Effect, Option, Schedule, type Scope, Stream } from "effect"
import type { Database } from "../postgres/Database.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { UnknownMerchant } from "./AppendError.ts"
import type { StoredEvent } from "./EncodedEvent.ts"
import { readHead } from "./readHead.ts"
import { type BatchSize, readLog } from "./readLog.ts"

export interface SubscribeOptions {
  readonly batch?: BatchSize
  /** How long a reader at the end of the log waits for a wake-up before it looks by itself. One second unless told. */
  readonly pollMs?: number
}

/**
 * The events after a position, and then each new one as it is committed, for as long as the stream is run: in order, none left out, none
 * twice. A reader that starts again goes on after the last position it dealt with.
 *
 * Each batch is a statement of its own, read when the consumer asks for it: nothing is buffered ahead of a slow one, and no snapshot is held
 * between two. At the end of the log it waits for a wake-up; should that be lost, it looks again after `pollMs`. A database that is away is
 * asked again for about a minute, then the stream fails.
 *
 * To be run outside a transaction: inside one it would hold it open for ever, and is a defect.
 */
export const subscribe = (
  database: Database["Service"],
  merchant: string,
  after: number,
  { batch, pollMs = 1_000 }: SubscribeOptions = {},
): Stream.Stream<StoredEvent, UnknownMerchant | DatabaseFailure> => {
  const tail = Effect.fnUntraced(function* (): Effect.fn.Return<
    Stream.Stream<StoredEvent, DatabaseFailure>,
    UnknownMerchant | DatabaseFailure,
    Scope.Scope
  > {
    yield* database.refuseInsideTransaction("EventLog.subscribe")
    yield* readHead(database, merchant).pipe(Effect.retry(untilBack))
    const grown = yield* database.wakeUps.listen(merchant)
    return Stream.paginate(after, position =>
      Effect.gen(function* () {
        yield* Effect.timeoutOption(grown.await, pollMs)
        // Closed before the look: what is committed after this opens it again.
        grown.closeUnsafe()
        const events = yield* readLog(database, merchant, position, batch).pipe(Effect.retry(untilBack))
        const last = events.at(-1)
        // There may be more after a batch: the next look does not wait.
        if (last !== undefined) grown.openUnsafe()
        return [events, Option.some(last?.position ?? position)] as const
      }),
    )
  })
  return Stream.unwrap(tail())
}

/** Fourteen attempts, with pauses from 50 ms to at most 8 s: about a minute. */
const untilBack = {
  while: (failure: UnknownMerchant | DatabaseFailure) => failure._tag === "DatabaseFailure" && failure.retryable,
  times: 14,
  schedule: Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("8 seconds")]),
}
