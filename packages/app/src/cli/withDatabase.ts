import { Config, Effect, Option } from "effect"
import { Database } from "../postgres/Database.ts"
import { databaseUrlFromText } from "../postgres/DatabaseUrl.ts"
import { MigrationNeeded, migrate, pendingMigrations } from "../postgres/Migrate.ts"
import { keepMemorySmall } from "./memoryFlags.ts"

const databaseUrl = Effect.gen(function* () {
  const text = yield* Config.option(Config.String("PAYFOLD_DATABASE_URL"))
  return yield* Effect.fromResult(databaseUrlFromText(Option.getOrUndefined(text)))
})

/** Opens the database of `PAYFOLD_DATABASE_URL` as it is. */
export const withDatabaseAsItIs = <A, E>(effect: Effect.Effect<A, E, Database>) =>
  Effect.flatMap(databaseUrl, url => {
    keepMemorySmall()
    return Effect.provide(effect, Database.layer(url))
  })

/**
 * Opens the database of `PAYFOLD_DATABASE_URL` ready for use. PGlite is ours alone and is brought to the newest form on the way; a PostgreSQL is
 * migrated only by the command that says so.
 */
export const withDatabase = <A, E>(effect: Effect.Effect<A, E, Database>) =>
  withDatabaseAsItIs(Effect.andThen(ready, effect))

const ready = Effect.gen(function* () {
  const database = yield* Database
  if (database.engine === "pglite") return yield* Effect.asVoid(migrate())
  const pending = yield* pendingMigrations()
  if (pending.length > 0) return yield* new MigrationNeeded({ pending })
})
