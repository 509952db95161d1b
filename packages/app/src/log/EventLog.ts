import { Context, Effect, Layer, type Stream } from "effect"
import { Database } from "../postgres/Database.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { Transaction } from "../postgres/Transaction.ts"
import type { AppendError, UnknownMerchant } from "./AppendError.ts"
import type { Appended, AppendRequest } from "./AppendRequest.ts"
import { append } from "./append.ts"
import { appendInTransaction } from "./appendInTransaction.ts"
import type { StoredEvent } from "./EncodedEvent.ts"
import { makeGroupCommit } from "./GroupCommit.ts"
import type { LogFault, LogSound } from "./LogFault.ts"
import { positionAsOf } from "./positionAsOf.ts"
import { type LogHead, readHead } from "./readHead.ts"
import { type BatchSize, readLog } from "./readLog.ts"
import { readPayment } from "./readPayment.ts"
import { type SubscribeOptions, subscribe } from "./subscribe.ts"
import { type VerifyOptions, verifyLog } from "./verifyLog.ts"

export type {
  AppendError,
  AppendKeyReused,
  AppendRefusal,
  AppendTooLarge,
  UnknownMerchant,
  UnstorableText,
  VersionConflict,
} from "./AppendError.ts"
export type { Appended, AppendRequest, ExpectedVersion, PaymentAppend } from "./AppendRequest.ts"
export type { EncodedEvent, NewEvent, StoredEvent } from "./EncodedEvent.ts"
export type { LogFault, LogSound } from "./LogFault.ts"
export type { LogHead } from "./readHead.ts"
export type { SubscribeOptions } from "./subscribe.ts"

/**
 * The event log of one merchant: append-only, ordered as it was committed, without gaps, chained by hashes. The events themselves are
 * opaque here; the domain's codec reads and writes their `data`.
 *
 * The reads take part in the running transaction if there is one. This is the door of the folder.
 */
export class EventLog extends Context.Service<
  EventLog,
  {
    readonly merchant: string
    /** Commits on its own, in company of other appends of this process. A defect inside a transaction. */
    readonly append: (request: AppendRequest) => Effect.Effect<Appended | null, AppendError>
    /** As the last statement of the caller's transaction. */
    readonly appendInTransaction: (request: AppendRequest) => Effect.Effect<Appended | null, AppendError, Transaction>
    readonly readPayment: (payment: string) => Effect.Effect<ReadonlyArray<StoredEvent>, DatabaseFailure>
    /** Tails the log: what comes after a position, and then each new event as it is committed. */
    readonly subscribe: (
      after: number,
      options?: SubscribeOptions,
    ) => Stream.Stream<StoredEvent, UnknownMerchant | DatabaseFailure>
    readonly readLog: (after: number, size?: BatchSize) => Effect.Effect<ReadonlyArray<StoredEvent>, DatabaseFailure>
    readonly head: Effect.Effect<LogHead, UnknownMerchant | DatabaseFailure>
    readonly positionAsOf: (instant: string) => Effect.Effect<number, UnknownMerchant | DatabaseFailure>
    readonly verify: (options?: VerifyOptions) => Effect.Effect<LogSound | LogFault, UnknownMerchant | DatabaseFailure>
  }
>()("@payfold/app/log/EventLog") {
  static readonly layer = (merchant: string): Layer.Layer<EventLog, never, Database> =>
    Layer.effect(EventLog, open(merchant))
}

const open = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const groupCommit = yield* makeGroupCommit(database.query, merchant, () => database.wakeUps.wake(merchant))
  return EventLog.of({
    merchant,
    append: request => append(database, groupCommit, merchant, request),
    appendInTransaction: request => appendInTransaction(merchant, request),
    readPayment: payment => readPayment(database, merchant, payment),
    subscribe: (after, options) => subscribe(database, merchant, after, options),
    readLog: (after, size) => readLog(database, merchant, after, size),
    head: readHead(database, merchant),
    positionAsOf: instant => positionAsOf(database, merchant, instant),
    verify: options => verifyLog(database, merchant, options),
  })
})
