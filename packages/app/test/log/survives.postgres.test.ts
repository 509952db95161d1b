import { Context, Effect, Layer, Redacted } from "effect"
import { type Kysely, sql } from "kysely"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { drain } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { migrate } from "../../src/postgres/Migrate.ts"
import type { PayfoldSchema } from "../../src/postgres/PayfoldSchema.ts"
import { payfoldSchemaName } from "../../src/postgres/payfoldSchemaName.ts"
import { copyTables } from "../../testing/copyTables.ts"
import { plainDatabase } from "../../testing/laws/withLogs.ts"
import { PostgresServer } from "../../testing/PostgresServer.ts"
import { body, konbiniPaid, konbiniWaits, univapayWaits } from "../bodies.ts"
import { createDatabase } from "../describeEachEngine.ts"

const receive = Effect.fnUntraced(function* (provider: string, ...values: ReadonlyArray<unknown>) {
  for (const value of values) {
    yield* keepDelivery("default", { provider, body: body(value).bytes, headers: {}, verdict: "verified" })
  }
  yield* drain("default")
})

const onDefaultLog = <A, E>(url: string, effect: Effect.Effect<A, E, Database | EventLog>): Promise<A> =>
  Effect.runPromise(
    effect.pipe(Effect.provide(EventLog.layer("default")), Effect.provide(plainDatabase(url, 2)), Effect.scoped),
  )

const databaseText = async (): Promise<string> => {
  const url = await createDatabase(inject("postgresTemplate"))
  return url._tag === "Postgres" ? Redacted.value(url.url) : ""
}

/** Broken, and usual: a reader that orders events by transaction and waits for the oldest one that runs, whatever that one does. */
const readByTransaction = async (db: Kysely<PayfoldSchema>, after: number): Promise<ReadonlyArray<number>> => {
  const { rows } = await sql<{ position: number }>`select position from payfold.event
    where xmin::text::bigint > ${after} and xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    order by xmin::text::bigint, position`.execute(db)
  return rows.map(row => row.position)
}

/** PGlite is its own server with one connection, and moves as a folder. */
describe("readers", () => {
  test("are not stalled by a write transaction that stays open in another database of the server", async () => {
    const elsewhere = new pg.Client({ connectionString: await databaseText() })
    await elsewhere.connect()
    await elsewhere.query("begin")
    await elsewhere.query("create table kept_open ()")
    const { rows } = await elsewhere.query("select pg_current_xact_id_if_assigned() is not null as writes")
    expect(rows).toEqual([{ writes: true }])
    const seen = await onDefaultLog(
      await databaseText(),
      Effect.gen(function* () {
        const log = yield* EventLog
        const database = yield* Database
        yield* receive("omise", konbiniPaid)
        const byTransaction = yield* database.query("read by transaction", db => readByTransaction(db, 0))
        return { positions: (yield* log.readLog(0)).map(one => one.position), byTransaction }
      }),
    )
    expect(seen.positions).toEqual([1, 2, 3])
    expect(seen.byTransaction).toEqual([])
    await elsewhere.query("rollback")
    await elsewhere.end()
  })
})

describe("a log whose tables were copied into a fresh server", () => {
  let fresh: PostgresServer
  beforeAll(async () => {
    fresh = await PostgresServer.start({ fsync: "off" })
  })
  afterAll(() => fresh.stop())

  test("keeps every checkpoint valid: readers and writers go on where they were", async () => {
    const [oldUrl, newUrl] = [await databaseText(), await fresh.createDatabase("moved")]
    const checkpoint = 2
    let lastTransaction = 0
    const before = await onDefaultLog(
      oldUrl,
      Effect.gen(function* () {
        const log = yield* EventLog
        yield* receive("omise", konbiniWaits)
        // Transactions that a fresh server has not had: a checkpoint made of their numbers would lie in its future.
        const database = yield* Database
        for (let round = 0; round < 50; round++) {
          yield* database.query("spend", db => sql`select pg_current_xact_id()`.execute(db))
        }
        lastTransaction = yield* database.query("read transaction", async db => {
          const { rows } = await sql<{ xid: number }>`select pg_current_xact_id()::text::bigint as xid`.execute(db)
          return rows[0]?.xid ?? 0
        })
        yield* receive("omise", konbiniPaid)
        return { rest: yield* log.readLog(checkpoint), head: yield* log.head }
      }),
    )
    expect(before.rest.length).toBeGreaterThan(0)

    await onDefaultLog(newUrl, migrate())
    const copy = Effect.gen(function* () {
      const source = yield* Database
      const target = yield* Effect.map(Layer.build(plainDatabase(newUrl, 2)), Context.get(Database))
      yield* source.query("copy", from =>
        Effect.runPromise(target.query("copy", to => copyTables(from, to, payfoldSchemaName))),
      )
    }).pipe(Effect.scoped)
    await onDefaultLog(oldUrl, copy)

    const after = await onDefaultLog(
      newUrl,
      Effect.gen(function* () {
        const log = yield* EventLog
        const copied = { rest: yield* log.readLog(checkpoint), head: yield* log.head }
        expect(yield* log.verify({ expectedHead: before.head.chain })).toMatchObject({ _tag: "LogSound" })
        const database = yield* Database
        expect(yield* database.query("read by transaction", db => readByTransaction(db, lastTransaction))).toEqual([])
        yield* receive("univapay", univapayWaits)
        const grown = yield* log.readLog(before.head.position)
        expect(grown.map(one => one.position)).toEqual(grown.map((_, index) => before.head.position + index + 1))
        expect(grown.length).toBeGreaterThan(0)
        expect(yield* log.verify()).toMatchObject({ _tag: "LogSound" })
        return copied
      }),
    )
    expect(after).toEqual(before)
  }, 60_000)
})
