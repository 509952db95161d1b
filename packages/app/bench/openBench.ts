import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { Database, type DatabaseUrl, EventLog, Inbox, migrate } from "../src/App.ts"

/** Runs the product's own effects on one database, as one process would. */
export interface OpenBench {
  readonly run: <A, E>(effect: Effect.Effect<A, E, Database | EventLog | Inbox>) => Promise<A>
  readonly close: () => Promise<void>
}

export const MERCHANT = "default"

/** The base64 text of Omise's webhook secret; the same for all runs, nobody's. */
export const OMISE_SECRET = Buffer.from("a secret of the benchmark").toString("base64")

/** Opens a database as a service opens it: with the default limits, migrated. */
export async function openBench(url: DatabaseUrl): Promise<OpenBench> {
  const secrets = { omise: [Redacted.make(OMISE_SECRET)] }
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(EventLog.layer(MERCHANT), Inbox.layer(MERCHANT, secrets)).pipe(
      Layer.provideMerge(Layer.effectDiscard(migrate())),
      Layer.provideMerge(Database.layer(url)),
    ),
  )
  // Opened here, not in the first round.
  await runtime.runPromise(Effect.asVoid(Database))
  return { run: effect => runtime.runPromise(effect), close: () => runtime.dispose() }
}

export function postgresUrl(url: string): DatabaseUrl {
  return { _tag: "Postgres", url: Redacted.make(url) }
}
