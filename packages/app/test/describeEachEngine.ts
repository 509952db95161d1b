import { randomUUID } from "node:crypto"
import { openAsBlob } from "node:fs"
import { PGlite } from "@electric-sql/pglite"
import { Effect, type Layer, ManagedRuntime, Result } from "effect"
import pg from "pg"
import { afterAll, beforeAll, describe, inject, test as vitestTest } from "vitest"
import { EventLog } from "../src/log/EventLog.ts"
import { columnParsers } from "../src/postgres/columnParsers.ts"
import { Database } from "../src/postgres/Database.ts"
import { type DatabaseUrl, databaseUrlFromText } from "../src/postgres/DatabaseUrl.ts"
import type { OpenFailure } from "../src/postgres/openDialect.ts"
import "./startPostgres.ts"

export interface EngineCases {
  readonly engine: "pglite" | "postgres"
  /** A case with a merchant and a log of its own, in a migrated database which the cases of this block share. */
  readonly test: (rule: string, body: () => Effect.Effect<unknown, unknown, Database | EventLog>) => void
  /** A new, empty database of its own; each building of the layer opens the same one on PostgreSQL, another one on PGlite. */
  readonly emptyDatabase: () => Promise<Layer.Layer<Database, OpenFailure>>
}

/** Runs the same cases on PGlite in memory and on a real PostgreSQL; for `.postgres.test.ts` files. */
export const describeEachEngine = (name: string, define: (cases: EngineCases) => void): void => {
  describe(`${name} on PGlite`, () => define(casesOn("pglite")))
  describe(`${name} on PostgreSQL`, () => define(casesOn("postgres")))
}

const casesOn = (engine: EngineCases["engine"]): EngineCases => {
  const make = (kind: "empty" | "migrated") => newDatabase(engine, kind)
  let runtime: ManagedRuntime.ManagedRuntime<Database, unknown>
  beforeAll(async () => {
    runtime = ManagedRuntime.make(await make("migrated"))
  }, 30_000)
  afterAll(() => runtime.dispose())
  return {
    engine,
    emptyDatabase: () => make("empty"),
    test: (rule, body) =>
      vitestTest(rule, async () => {
        const merchant = `merchant-${randomUUID()}`
        await runtime.runPromise(
          Effect.andThen(addMerchant(merchant), body().pipe(Effect.provide(EventLog.layer(merchant)))),
        )
      }),
  }
}

/** A new database of its own, in memory or on the PostgreSQL of the test run. */
export const newDatabase = async (
  engine: EngineCases["engine"],
  kind: "empty" | "migrated",
): Promise<Layer.Layer<Database, OpenFailure>> =>
  engine === "pglite"
    ? pgliteFromDump(inject(`${kind}PGlite`))
    : Database.layer(await createDatabase(kind === "empty" ? "template1" : inject("postgresTemplate")))

const pgliteFromDump = (file: string): Layer.Layer<Database, OpenFailure> =>
  Database.layerFromPGlite(async () =>
    PGlite.create({ loadDataDir: await openAsBlob(file), parsers: { ...columnParsers } }),
  )

/** The rows a merchant needs before it can be used. */
export const addMerchant = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  yield* database.query("add merchant", db => db.insertInto("merchant").values({ merchant }).execute())
  yield* database.query("add log head", db => db.insertInto("log_head").values({ merchant }).execute())
  yield* database.query("add drainer", db => db.insertInto("drainer").values({ merchant }).execute())
})

export const urlFrom = (text: string): DatabaseUrl => Result.getOrThrow(databaseUrlFromText(text))

/** A new database on the PostgreSQL of the test run, copied from a template. */
export const createDatabase = async (template: string): Promise<DatabaseUrl> => {
  const name = `test_${randomUUID().replaceAll("-", "")}`
  const client = new pg.Client({ connectionString: inject("postgresUrl") })
  await client.connect()
  try {
    await client.query(`create database ${name} template ${template}`)
  } finally {
    await client.end()
  }
  const url = new URL(inject("postgresUrl"))
  url.pathname = `/${name}`
  return urlFrom(url.toString())
}
