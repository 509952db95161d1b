import { type CompiledQuery, DummyDriver, Kysely, PostgresDialect } from "kysely"
import { migratorSettings } from "./Migrate.ts"
import { migrations } from "./migrations/migrations.ts"
import { payfoldSchemaName } from "./payfoldSchemaName.ts"

/**
 * The migrations as SQL text, for those whose databases are changed by a tool of their own: what comes after `after` (a migration's name),
 * or all. It also writes down what it did, so that `payfold migrate` then finds nothing left to do. To be run in one transaction.
 */
export const migrationScript = async (after = ""): Promise<string> => {
  const names = Object.keys(migrations)
    .sort()
    .filter(name => name > after)
  const parts = await Promise.all(names.map(async name => [`-- ${name}`, ...(await statementsOf(name)), applied(name)]))
  return [...(after === "" ? bookkeeping : []), ...parts.flat()].map(part => `${part.trim()}\n`).join("\n")
}

/** What Kysely's migrator would make for itself. */
const bookkeeping = [
  `create schema if not exists "${payfoldSchemaName}";`,
  `create table if not exists "${payfoldSchemaName}"."${migratorSettings.migrationTableName}" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);`,
  `create table if not exists "${payfoldSchemaName}"."${migratorSettings.migrationLockTableName}" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);`,
  `insert into "${payfoldSchemaName}"."${migratorSettings.migrationLockTableName}" ("id") values ('migration_lock') on conflict do nothing;`,
]

const applied = (name: string): string =>
  `insert into "${payfoldSchemaName}"."${migratorSettings.migrationTableName}" values ('${name}', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));`

/** Lets a migration run on a database that carries out nothing and hears everything. */
const statementsOf = async (name: string): Promise<ReadonlyArray<string>> => {
  const heard: Array<string> = []
  const note = ({ sql, parameters }: CompiledQuery) => {
    if (parameters.length > 0) throw new Error(`${name}: a migration's statements must have no parameters`)
    heard.push(`${sql};`)
  }
  const database = new Kysely<unknown>({ dialect: new HearingDialect(), log: event => note(event.query) })
  await migrations[name]?.up(database)
  return heard
}

class HearingDialect extends PostgresDialect {
  constructor() {
    super({ pool: () => Promise.reject(new Error("nobody connects")) })
  }

  override createDriver() {
    return new DummyDriver()
  }
}
