import { Effect } from "effect"
import { type RawBuilder, sql } from "kysely"
import { Database } from "./Database.ts"
import { payfoldSchemaName } from "./payfoldSchemaName.ts"
import {
  buildTableRights,
  hiddenColumns,
  type Role,
  type RoleTable,
  roleMatrix,
  roles,
  type Verb,
} from "./roleMatrix.ts"
import { Transaction } from "./Transaction.ts"

/** The name of a role on the server, where roles belong to all databases. */
export const roleName = (role: Role): string => `${payfoldSchemaName}_${role}`

/**
 * Makes the roles of `roleMatrix`, gives them exactly what stands there, and returns their names. They cannot log in: grant them to the
 * users your processes log in as. What somebody granted them beyond the matrix on our tables is taken back, so doing it again mends it; run it
 * after each migration.
 *
 * Needs the right to create roles, which ordinary migrations do not, and ownership of the tables.
 */
export const migrateRoles = Effect.fn("migrateRoles")(function* () {
  const database = yield* Database
  yield* database.transaction(
    Effect.forEach(roles, role => Effect.forEach(statementsFor(role), run), { discard: true }),
  )
  return roles.map(roleName)
})

const run = Effect.fnUntraced(function* (statement: RawBuilder<unknown>) {
  const transaction = yield* Transaction
  yield* transaction.query("migrate roles", database => statement.execute(database))
})

const statementsFor = (role: Role): ReadonlyArray<RawBuilder<unknown>> => {
  const name = sql.id(roleName(role))
  const schema = sql.id(payfoldSchemaName)
  return [
    // There is no `create role if not exists`; two that come at once must both be content.
    sql`do $$ begin create role ${name} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    sql`revoke all on all tables in schema ${schema} from ${name}`,
    sql`revoke all on schema ${schema} from ${name}`,
    sql`grant usage on schema ${schema} to ${name}`,
    // A rebuild makes its view in a table of its own, beside the living one.
    ...(role === "replay" ? [sql`grant create on schema ${schema} to ${name}`] : []),
    ...tables().flatMap(table => grants(role, table)),
    ...(role === "replay"
      ? [
          sql`do $$ begin if not pg_has_role(${sql.lit(roleName(role))}, 'member') then
      grant ${name} to current_user; end if; end $$`,
        ]
      : []),
    eachBuildTable([
      ...(role === "replay" ? [`alter table ${payfoldSchemaName}.%I owner to ${roleName(role)}`] : []),
      ...(buildTableRights[role] ?? []).map(verb => `grant ${verb} on ${payfoldSchemaName}.%I to ${roleName(role)}`),
    ]),
    ...(role === "replay" ? [eachView(`alter view ${payfoldSchemaName}.%I owner to ${roleName(role)}`)] : []),
  ]
}

/** Tables of builds come and go, so they are looked up; a rebuild gives those it makes the owner and the grants of those before. */
const eachBuildTable = (commands: ReadonlyArray<string>): RawBuilder<unknown> =>
  forEach("select unnest(tables) || '__' || build", commands)

const eachView = (command: string): RawBuilder<unknown> => forEach("select distinct unnest(tables)", [command])

const forEach = (names: string, commands: ReadonlyArray<string>): RawBuilder<unknown> =>
  sql`do $$ declare name text; command text; begin
    for name in ${sql.raw(`${names} from ${payfoldSchemaName}.build`)} loop
      foreach command in array array[${sql.join([...commands.map(command => sql.lit(command))])}]::text[] loop
        execute format(command, name);
      end loop;
    end loop;
  end $$`

// Keys of an object literal that is checked to have exactly these.
const tables = () => Object.keys(roleMatrix) as ReadonlyArray<RoleTable>

const grants = (role: Role, table: RoleTable): ReadonlyArray<RawBuilder<unknown>> => {
  const verbs = roleMatrix[table][role] ?? []
  const on = sql`on ${sql.id(payfoldSchemaName, table)}`
  const name = sql.id(roleName(role))
  // A right on columns must name them: all that the catalogue has, but the hidden ones.
  const columns = sql`do $$ declare columns text; begin
    select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
    where attrelid = ${sql.lit(`${payfoldSchemaName}.${table}`)}::regclass and attnum > 0 and not attisdropped
      and not attname = any (${sql.lit(`{${hiddenColumns[table]?.[role]?.join(",") ?? ""}}`)}::text[]);
    execute format(${sql.lit(`grant select (%s) on ${payfoldSchemaName}.${table} to ${roleName(role)}`)}, columns);
  end $$`
  return verbs.map((verb: Verb) =>
    verb === "select" && hiddenColumns[table]?.[role] !== undefined
      ? columns
      : sql`grant ${sql.raw(verb)} ${on} to ${name}`,
  )
}
