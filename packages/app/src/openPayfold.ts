import { fold, type Payment, type RawDelivery, toPayment } from "@payfold/domain"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import type { Kysely } from "kysely"
import { drain } from "./inbox/drain.ts"
import { Inbox } from "./inbox/Inbox.ts"
import { type Ingested, ingest } from "./inbox/ingest.ts"
import type { Answer } from "./inbox/receive.ts"
import { webhookFetch } from "./inbox/webhookFetch.ts"
import type { LogFault, LogSound } from "./log/LogFault.ts"
import { eventsOf, paymentStreams } from "./log/paymentStreams.ts"
import { verifyLog } from "./log/verifyLog.ts"
import { Database } from "./postgres/Database.ts"
import { databaseUrlFromText } from "./postgres/DatabaseUrl.ts"
import { migrate } from "./postgres/Migrate.ts"
import type { PayfoldSchema } from "./postgres/PayfoldSchema.ts"
import { catchUpAll } from "./projection/project.ts"

export interface OpenOptions {
  /** `postgres://…`, `pglite:<folder>` or `memory:`. */
  readonly databaseUrl: string
  /** Whose log; `default` where there is one. */
  readonly merchant?: string
  /** Webhook secrets by provider; without them nothing can be received. */
  readonly secrets?: Readonly<Record<string, ReadonlyArray<string>>>
}

/** Payfold for services that do not use Effect. Every promise rejects with the tagged error that says what happened. */
export interface Payfold {
  /** Verifies and keeps one webhook; the answer is for the sender. */
  readonly receive: (provider: string, request: Pick<RawDelivery, "body" | "headers">) => Promise<Answer>
  /** The same as a Fetch handler: `POST …/<provider>`. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Stores bodies as an operator's, records what is news, and shows it in the views. */
  readonly ingest: (provider: string, bodies: ReadonlyArray<Uint8Array>) => Promise<ReadonlyArray<Ingested>>
  /** Records what waits in the inbox, and brings the views to the head of the log. */
  readonly catchUp: () => Promise<void>
  /** A payment as it stands in the log; `undefined` where nothing is known of it. */
  readonly payment: (id: string) => Promise<Payment | undefined>
  /** Reads the views and our tables, with Kysely's types. */
  readonly query: <Result>(run: (database: Kysely<PayfoldSchema>) => Promise<Result>) => Promise<Result>
  readonly verify: () => Promise<LogSound | LogFault>
  /** Ends what is under way and closes the database. */
  readonly close: () => Promise<void>
}

/** Opens a database, migrates it, and gives the operations of one merchant as promises. */
export async function openPayfold({ databaseUrl, merchant = "default", secrets = {} }: OpenOptions): Promise<Payfold> {
  const redacted = Object.fromEntries(
    Object.entries(secrets).map(([provider, values]) => [provider, values.map(value => Redacted.make(value))]),
  )
  const database = Layer.unwrap(
    Effect.map(Effect.fromResult(databaseUrlFromText(databaseUrl)), url => Database.layer(url)),
  )
  const migrated = Layer.effectDiscard(migrate())
  const runtime = ManagedRuntime.make(
    Inbox.layer(merchant, redacted).pipe(Layer.provideMerge(migrated), Layer.provideMerge(database)),
  )
  const run = <A, E>(effect: Effect.Effect<A, E, Database | Inbox>) => runtime.runPromise(effect)
  const inbox = await run(Inbox)
  return {
    receive: (provider, request) => run(inbox.receive(provider, request)),
    fetch: webhookFetch(inbox),
    ingest: (provider, bodies) =>
      run(
        ingest(
          merchant,
          provider,
          bodies.map(bytes => ({ bytes, source: "caller" })),
        ),
      ),
    catchUp: () => run(Effect.asVoid(Effect.andThen(drain(merchant), catchUpAll(merchant)))),
    payment: id => run(paymentOf(merchant, id)),
    query: read => run(Effect.flatMap(Database, service => service.query("query", read))),
    verify: () => run(Effect.flatMap(Database, service => verifyLog(service, merchant))),
    close: () => runtime.dispose(),
  }
}

const paymentOf = Effect.fnUntraced(function* (merchant: string, id: string) {
  const database = yield* Database
  const streams = yield* paymentStreams(database.read, merchant, [id], Number.MAX_SAFE_INTEGER)
  const stream = streams.get(id)
  return stream === undefined ? undefined : toPayment(fold(eventsOf(stream)))
})
