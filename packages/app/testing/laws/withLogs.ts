import { Context, Effect, Layer, Redacted, type Scope } from "effect"
import { PostgresDialect } from "kysely"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { defaultDatabaseLimits } from "../../src/postgres/DatabaseLimits.ts"
import { postgresPool } from "../../src/postgres/PostgresPool.ts"
import { LocalWakeUps } from "../../src/postgres/WakeUps.ts"
import { type Intercept, InterceptedDialect } from "../InterceptedDialect.ts"
import type { Logs } from "./racingLaws.ts"

/** A PostgreSQL database whose statements pass through `intercept`, with a pool of its own. */
export const interceptedDatabase = (url: string, connections: number, intercept: Intercept) =>
  Database.layerFromDialect(
    "postgres",
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => postgresPool(url, { ...defaultDatabaseLimits, connections })),
        pool => Effect.ignore(Effect.tryPromise(() => pool.end())),
      ),
      pool => ({
        dialect: new InterceptedDialect(new PostgresDialect({ pool }), intercept),
        wakeUps: new LocalWakeUps(),
      }),
    ),
  )

/** A database as it is, with a pool of its own. */
export const plainDatabase = (url: string, connections: number) =>
  Database.layer({ _tag: "Postgres", url: Redacted.make(url) }, { ...defaultDatabaseLimits, connections })

/** Logs of one merchant that know nothing of each other, each with its own group commit: what several processes would have. */
export const separateLogs = Effect.fnUntraced(function* (
  merchant: string,
  count: number,
): Effect.fn.Return<Logs, never, Database | Scope.Scope> {
  const another = Effect.map(Layer.build(Layer.fresh(EventLog.layer(merchant))), context =>
    Context.get(context, EventLog),
  )
  return [yield* another, ...(yield* Effect.forEach(Array.from({ length: count - 1 }), () => another))]
})

/** A new merchant: the rows that a log, an inbox and a drainer need. */
export const addMerchant = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  yield* database.query("add merchant", db => db.insertInto("merchant").values({ merchant }).execute())
  yield* database.query("add log head", db => db.insertInto("log_head").values({ merchant }).execute())
  yield* database.query("add drainer", db => db.insertInto("drainer").values({ merchant }).execute())
})
