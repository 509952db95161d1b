import type { PGlite } from "@electric-sql/pglite"
import { Context, Effect, Layer, type Scope } from "effect"
import { Kysely, sql } from "kysely"
import { attempt } from "./attempt.ts"
import type { DatabaseFailure } from "./DatabaseFailure.ts"
import { type DatabaseLimits, defaultDatabaseLimits } from "./DatabaseLimits.ts"
import type { DatabaseUrl } from "./DatabaseUrl.ts"
import { inTransaction } from "./inTransaction.ts"
import { OpenTransactions } from "./OpenTransactions.ts"
import { OuterHandleInTransaction } from "./OuterHandleInTransaction.ts"
import { type Opened, type OpenFailure, openDialect, openedPGlite } from "./openDialect.ts"
import type { PayfoldSchema } from "./PayfoldSchema.ts"
import { payfoldSchemaName } from "./payfoldSchemaName.ts"
import type { Transaction } from "./Transaction.ts"
import type { WakeUps } from "./WakeUps.ts"

/** One statement, or several on PostgreSQL's own terms, built with Kysely. `operation` names it in a failure. */
type Query = <A>(
  operation: string,
  run: (database: Kysely<PayfoldSchema>) => Promise<A>,
) => Effect.Effect<A, DatabaseFailure>

/**
 * The database of this process: PostgreSQL through a pool, or PGlite inside the process.
 *
 * Inside `transaction` only the `Transaction` service may be used. The outer `query` and `transaction` are a defect there, at once and
 * on both engines.
 */
export class Database extends Context.Service<
  Database,
  {
    readonly engine: "pglite" | "postgres"
    /** As the server says it, for instance `18.4`. */
    readonly serverVersion: string
    /** On its own, committed by itself. */
    readonly query: Query
    /** For reading: in the running code's transaction if it has one, on its own otherwise. */
    readonly read: Query
    /** Commits when the effect succeeds; rolls back when it fails, dies or is interrupted. */
    readonly transaction: <A, E, R>(
      effect: Effect.Effect<A, E, R>,
    ) => Effect.Effect<A, E | DatabaseFailure, Exclude<R, Transaction>>
    /** Dies with the reason when the running code has a transaction open on this database. */
    readonly refuseInsideTransaction: (operation: string) => Effect.Effect<void>
    /** How appends tell the readers that tail a log. */
    readonly wakeUps: WakeUps
  }
>()("@payfold/app/postgres/Database") {
  static readonly layer = (
    url: DatabaseUrl,
    limits: DatabaseLimits = defaultDatabaseLimits,
  ): Layer.Layer<Database, OpenFailure> =>
    Layer.effect(Database, open(url._tag === "Postgres" ? "postgres" : "pglite", openDialect(url, limits)))

  /** For a PGlite that is opened in a way an address cannot say, for instance from a dump; it must read with `columnParsers`. */
  static readonly layerFromPGlite = (openPGlite: () => Promise<PGlite>): Layer.Layer<Database, DatabaseFailure> =>
    Layer.effect(Database, open("pglite", openedPGlite(openPGlite)))

  /** For a database that is reached in a way of the caller's own: another pool, a driver that watches or disturbs. */
  static readonly layerFromDialect = <E>(
    engine: Database["Service"]["engine"],
    opening: Effect.Effect<Opened, E, Scope.Scope>,
  ): Layer.Layer<Database, E | DatabaseFailure> => Layer.effect(Database, open(engine, opening))
}

const open = Effect.fnUntraced(function* <E>(
  engine: Database["Service"]["engine"],
  opening: Effect.Effect<Opened, E, Scope.Scope>,
) {
  const identity = Symbol(engine)
  const { dialect, wakeUps } = yield* opening
  const handle = yield* Effect.acquireRelease(
    Effect.sync(() => new Kysely<PayfoldSchema>({ dialect }).withSchema(payfoldSchemaName)),
    kysely => attempt("close", () => kysely.destroy()).pipe(Effect.ignore),
  )
  const serverVersion = yield* attempt("connect", async () => {
    const { rows } = await sql<{ server_version: string }>`show server_version`.execute(handle)
    return rows[0]?.server_version ?? "unknown"
  })

  const refuseInsideTransaction = Effect.fnUntraced(function* (operation: string) {
    const open = yield* OpenTransactions
    if (open.has(identity)) return yield* Effect.die(new OuterHandleInTransaction(operation))
  })
  const query: Query = (operation, run) =>
    Effect.andThen(
      refuseInsideTransaction(operation),
      attempt(operation, () => run(handle)),
    )
  const read: Query = (operation, run) =>
    Effect.flatMap(OpenTransactions, open => open.get(identity)?.query(operation, run) ?? query(operation, run))

  return Database.of({
    engine,
    serverVersion,
    query,
    read,
    transaction: effect =>
      Effect.andThen(refuseInsideTransaction("begin"), inTransaction({ handle, identity, wake: wakeUps.wake }, effect)),
    refuseInsideTransaction,
    wakeUps,
  })
})
