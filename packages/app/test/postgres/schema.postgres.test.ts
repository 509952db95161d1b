import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { type Kysely, sql } from "kysely"
import { Migrator } from "kysely/migration"
import { expect, test } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { migrate, migratorSettings } from "../../src/postgres/Migrate.ts"
import { migrationScript } from "../../src/postgres/migrationScript.ts"
import { migrations } from "../../src/postgres/migrations/migrations.ts"
import type { PayfoldSchema } from "../../src/postgres/PayfoldSchema.ts"
import { payfoldSchemaName } from "../../src/postgres/payfoldSchemaName.ts"
import { schemaText } from "../../testing/schemaText.ts"
import { describeEachEngine } from "../describeEachEngine.ts"
import { event, payment } from "../log/events.ts"

const names = Object.keys(migrations).sort()
const reviewed = readFileSync(join(import.meta.dirname, "schema.txt"), "utf8")

const onDatabase = <A>(run: (database: Kysely<PayfoldSchema>) => Promise<A>) =>
  Effect.flatMap(Database, database => database.query("test", run))

const printed = onDatabase(database => schemaText(database, payfoldSchemaName))

describeEachEngine("the schema", ({ emptyDatabase }) => {
  const onEmpty = async <A, E>(effect: Effect.Effect<A, E, Database>) =>
    Effect.runPromise(effect.pipe(Effect.provide(await emptyDatabase())))

  test("is the one that was reviewed (schema.txt; writeSchema.ts writes it)", async () => {
    expect(await onEmpty(Effect.andThen(migrate(), printed))).toBe(reviewed)
  })

  test.each(names.slice(0, -1))(
    "of a database that was left at %s and migrated later is the same, and keeps its rows",
    async name => {
      const useAndMigrate = Effect.gen(function* () {
        yield* onDatabase(async db => {
          const { error } = await new Migrator({ db, ...migratorSettings }).migrateTo(name)
          if (error !== undefined) throw error
        })
        const log = yield* EventLog
        yield* log.append({ payments: [payment("p", 0, event("a"))] })
        yield* migrate()
        return { text: yield* printed, verified: yield* log.verify() }
      })
      const { text, verified } = await onEmpty(useAndMigrate.pipe(Effect.provide(EventLog.layer("default"))))
      expect(text).toBe(reviewed)
      expect(verified).toMatchObject({ _tag: "LogSound", events: 1 })
    },
  )

  test("is the same when another tool runs our script, whole or from a migration on; then none is pending", async () => {
    const [all, rest] = [await migrationScript(), await migrationScript(names[0])]
    const whole = Effect.gen(function* () {
      yield* runScript(all)
      return { applied: yield* migrate(), text: yield* printed }
    })
    expect(await onEmpty(whole)).toEqual({ applied: [], text: reviewed })
    const onwards = Effect.gen(function* () {
      yield* onDatabase(db => new Migrator({ db, ...migratorSettings }).migrateTo(names[0] ?? ""))
      yield* runScript(rest)
      return { applied: yield* migrate(), text: yield* printed }
    })
    expect(await onEmpty(onwards)).toEqual({ applied: [], text: reviewed })
  })
})

/** The way such tools go: the statements of a file one after another. PGlite takes one a query; a body in `$$` holds semicolons. */
const runScript = (script: string) =>
  onDatabase(async database => {
    const statements = script.split(/;\n(?=\n|$)/).filter(statement => statement.trim() !== "")
    for (const statement of statements) await sql.raw(statement).execute(database)
  })
