import type { PaymentProvider, Translation } from "@payfold/domain"
import { Effect, Exit, Layer, ManagedRuntime, Scope, Stream } from "effect"
import type { Kysely } from "kysely"
import { SHIPPED_PROVIDERS } from "../inbox/Providers.ts"
import { translateDelivery } from "../inbox/translateDelivery.ts"
import type { Merchant } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import { databaseUrlFromText } from "../postgres/DatabaseUrl.ts"
import type { PayfoldSchema } from "../postgres/PayfoldSchema.ts"
import type { Projection } from "../projection/Projection.ts"
import type { EventFilter, PaymentFilter, ReceivedFilter } from "./ReplayFilter.ts"
import type { ReplayDelivery, ReplayEvent, ReplayPayment } from "./ReplayLog.ts"
import { fileReplay, logReplay } from "./replayOf.ts"

/** A file that `payfold export` wrote, or a database (`postgres://…`, `pglite:<folder>`) and whose log of it, `default` unless told. */
export type ReplayFrom = { readonly file: string } | { readonly databaseUrl: string; readonly merchant?: string }

/** A `Replay` for scripts that do not use Effect: async iterables and promises, which reject with the tagged error that says what happened. */
export interface OpenReplay {
  readonly merchant: Merchant
  readonly head: number
  readonly events: (filter?: EventFilter) => AsyncIterable<ReplayEvent>
  readonly payments: (filter?: PaymentFilter) => AsyncIterable<ReplayPayment>
  readonly deliveries: (filter?: ReceivedFilter) => AsyncIterable<ReplayDelivery>
  /** What a delivery's body implies: by this adapter, or by the one that is installed. Nothing for a body that was pruned. */
  readonly translate: (delivery: ReplayDelivery, adapter?: PaymentProvider) => Translation | readonly []
  readonly tables: (
    projections: ReadonlyArray<Projection>,
    filter?: PaymentFilter,
  ) => Promise<{
    readonly rows: (table: string) => Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>
    readonly query: <A>(run: (database: Kysely<PayfoldSchema>) => Promise<A>) => Promise<A>
  }>
  /** Closes the database and drops the tables. */
  readonly close: () => Promise<void>
}

/** Opens a log for a replay script. It is only read: the script may run with the rights of `payfold_replay`, and beside everything else. */
export async function openReplay(from: ReplayFrom): Promise<OpenReplay> {
  const database =
    "file" in from
      ? undefined
      : ManagedRuntime.make(
          Layer.unwrap(
            Effect.map(Effect.fromResult(databaseUrlFromText(from.databaseUrl)), url => Database.layer(url)),
          ),
        )
  const scope = await Effect.runPromise(Scope.make())
  const opening =
    database === undefined || "file" in from
      ? Effect.runPromise(fileReplay("file" in from ? from.file : ""))
      : database.runPromise(logReplay(from.merchant ?? "default"))
  const replay = await opening.catch(async failure => {
    await database?.dispose()
    throw failure
  })
  const { merchant, head } = replay
  return {
    merchant,
    head,
    events: filter => Stream.toAsyncIterable(replay.events(filter)),
    payments: filter => Stream.toAsyncIterable(replay.payments(filter)),
    deliveries: filter => Stream.toAsyncIterable(replay.deliveries(filter)),
    translate: (delivery, adapter = SHIPPED_PROVIDERS.find(({ name }) => name === delivery.provider)) =>
      adapter === undefined || delivery.body === null ? [] : translateDelivery(adapter, delivery.body, merchant),
    tables: async (projections, filter) => {
      const tables = await Effect.runPromise(Scope.provide(replay.tables(projections, filter), scope))
      return {
        rows: table => Effect.runPromise(tables.rows(table)),
        query: run => Effect.runPromise(tables.query(run)),
      }
    },
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await database?.dispose()
    },
  }
}
