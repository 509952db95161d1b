import { Effect, Schema } from "effect"
import { type Kysely, sql } from "kysely"
import { Migrator, type MigratorProps } from "kysely/migration"
import { Database } from "./Database.ts"
import { migrations } from "./migrations/migrations.ts"
import type { PayfoldSchema } from "./PayfoldSchema.ts"
import { payfoldSchemaName } from "./payfoldSchemaName.ts"

/**
 * What a migrator of the user's own needs to carry out our migrations as `payfold migrate` does, and to be recognised by it:
 * `new Migrator({ db, ...migratorSettings })`.
 */
export const migratorSettings = {
  provider: { getMigrations: async () => ({ ...migrations }) },
  migrationTableSchema: payfoldSchemaName,
  migrationTableName: "migration",
  migrationLockTableName: "migration_lock",
} satisfies Partial<MigratorProps>

/** The database was migrated by a newer Payfold than this one; only that one, or a newer, may use it. */
export class DatabaseIsNewer extends Schema.TaggedError<DatabaseIsNewer>()("DatabaseIsNewer", {
  unknown: Schema.Array(Schema.String),
  newestKnown: Schema.String,
}) {
  override get message(): string {
    return `The database has migrations this Payfold does not know (${this.unknown.join(", ")}); it knows up to ${this.newestKnown}`
  }

  get advice(): string {
    return "Nothing was changed. Use the Payfold that migrated it, or a newer one; there is no way back to an older form."
  }
}

/** The database is not of the newest form, and this program may not change that by itself. */
export class MigrationNeeded extends Schema.TaggedError<MigrationNeeded>()("MigrationNeeded", {
  pending: Schema.Array(Schema.String),
}) {
  override get message(): string {
    return `The database lacks ${this.pending.length} migrations (${this.pending.join(", ")}). Run: payfold migrate`
  }

  get advice(): string {
    return "Nothing was changed. Take a backup first where there is something to lose."
  }
}

/** The names of the migrations that the database does not have yet, oldest first. Changes nothing. */
export const pendingMigrations = Effect.fn("pendingMigrations")(function* () {
  const database = yield* Database
  const known = Object.keys(migrations).sort()
  const applied = yield* database.query("read migrations", appliedMigrations)
  const unknown = applied.filter(name => !known.includes(name))
  if (unknown.length > 0) return yield* new DatabaseIsNewer({ unknown, newestKnown: known.at(-1) ?? "none" })
  return known.slice(applied.length)
})

/**
 * Brings the database to the newest form and returns the names of the migrations it applied, oldest first; none when it was there
 * already, which costs one question. Any number of processes may do this at once: one applies, the others wait for its lock.
 */
export const migrate = Effect.fn("migrate")(function* () {
  const database = yield* Database
  const pending = yield* pendingMigrations()
  return pending.length === 0 ? [] : yield* database.query("migrate", applyMigrations)
})

const appliedMigrations = async (database: Kysely<PayfoldSchema>): Promise<ReadonlyArray<string>> => {
  const name = `${payfoldSchemaName}.${migratorSettings.migrationTableName}`
  const found = await sql<{ exists: boolean }>`select to_regclass(${name}) is not null as exists`.execute(database)
  if (found.rows[0]?.exists !== true) return []
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(name)} order by name`.execute(database)
  return rows.map(row => row.name)
}

const applyMigrations = async (database: Kysely<PayfoldSchema>): Promise<ReadonlyArray<string>> => {
  const migrator = new Migrator({ db: database, ...migratorSettings })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  return (results ?? []).map(result => result.migrationName)
}
