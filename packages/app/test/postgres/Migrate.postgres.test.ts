import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { expect, test } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { migrate } from "../../src/postgres/Migrate.ts"
import { migrations } from "../../src/postgres/migrations/migrations.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "../log/events.ts"

const names = Object.keys(migrations).sort()

const onDatabase = async <A, E>(
  layer: Layer.Layer<Database, unknown>,
  effect: Effect.Effect<A, E, Database>,
): Promise<A> => Effect.runPromise(effect.pipe(Effect.provide(Layer.fresh(layer))))

describeEachEngine("migrating", ({ engine, emptyDatabase }) => {
  test("applies every migration to an empty database, and nothing the second time", async () => {
    const [first, second] = await onDatabase(await emptyDatabase(), Effect.all([migrate(), migrate()]))
    expect(first).toEqual(names)
    expect(second).toEqual([])
  })

  test("leaves a default merchant that can be written at once", async () => {
    const use = Effect.gen(function* () {
      yield* migrate()
      const log = yield* EventLog
      yield* log.append({ payments: [payment("p", "NoStream", event("a"))] })
      const database = yield* Database
      return yield* database.query("read merchant", db => db.selectFrom("merchant").selectAll().execute())
    })
    const merchants = await onDatabase(await emptyDatabase(), use.pipe(Effect.provide(EventLog.layer("default"))))
    expect(merchants).toMatchObject([
      {
        merchant: "default",
        time_zone: "Asia/Tokyo",
        reference_keys: ["order_id", "orderid", "orderId", "order_reference"],
      },
    ])
  })

  test("is safe when several do it at once: one applies, the others find it done", async () => {
    const url = await emptyDatabase()
    const applied = await onDatabase(
      url,
      Effect.all(
        Array.from({ length: 6 }, () => migrate()),
        { concurrency: "unbounded" },
      ),
    )
    expect(applied.filter(one => one.length > 0)).toEqual([names])
    if (engine === "pglite") return
    const fresh = await emptyDatabase()
    const processes = await Promise.all(Array.from({ length: 4 }, () => onDatabase(fresh, migrate())))
    expect(processes.filter(one => one.length > 0)).toEqual([names])
  })

  test("refuses a database that a newer Payfold has migrated", async () => {
    const newer = Effect.gen(function* () {
      yield* migrate()
      const database = yield* Database
      yield* database.query("pretend", db =>
        sql`insert into payfold.migration values ('9999-from-the-future', '2099-01-01T00:00:00.000Z')`.execute(db),
      )
      return yield* Effect.flip(migrate())
    })
    expect(await onDatabase(await emptyDatabase(), newer)).toMatchObject({
      _tag: "DatabaseIsNewer",
      unknown: ["9999-from-the-future"],
      newestKnown: names.at(-1),
    })
  })
})
