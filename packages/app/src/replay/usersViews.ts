import { Effect } from "effect"
import { type RawBuilder, sql } from "kysely"
import { payfoldSchemaName } from "../postgres/payfoldSchemaName.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { buildTableName } from "../projection/BuildTables.ts"
import type { Build } from "../projection/builds.ts"
import { ViewsInTheWay } from "./RebuildRefused.ts"

/** How a view comes to show another build. */
export interface ViewMove {
  readonly view: string
  /** `replace` keeps the view and whatever stands on it; `recreate` is needed where a column went or changed its type. */
  readonly how: "create" | "replace" | "recreate" | "drop"
}

/** What has to happen to each view of a projection for it to show the new build. */
export const planMoves = Effect.fnUntraced(function* (old: Build | undefined, next: Build) {
  const moves: Array<ViewMove> = []
  for (const view of new Set([...next.tables, ...(old?.tables ?? [])])) {
    const before = yield* columnsOf(view)
    if (!next.tables.includes(view)) moves.push({ view, how: "drop" })
    else if (before.length === 0) moves.push({ view, how: "create" })
    else {
      const after = yield* columnsOf(buildTableName(view, next.build))
      // PostgreSQL replaces a view only by one that begins with the same columns.
      const isWider = before.every((column, index) => column === after[index])
      moves.push({ view, how: isWider ? "replace" : "recreate" })
    }
  }
  return moves
})

/**
 * Refuses when views of the user's own would break: those on a view of ours that must be dropped, and those that go round our view to a table of the
 * old build and would show it for ever.
 */
export const refuseForUsersViews = Effect.fnUntraced(function* (
  old: Build | undefined,
  next: Build,
  moves: ReadonlyArray<ViewMove>,
) {
  const dropped = moves.filter(({ how }) => how === "recreate" || how === "drop").map(({ view }) => view)
  const tables = old?.tables.map(table => buildTableName(table, old.build)) ?? []
  const views = yield* usersViewsOn([...dropped, ...tables])
  if (views.length > 0) return yield* new ViewsInTheWay({ projection: next.projection, views })
})

/** Views that are not ours and stand on these relations of our schema, by name. */
export const usersViewsOn = Effect.fnUntraced(function* (relations: ReadonlyArray<string>) {
  const transaction = yield* Transaction
  const { rows } = yield* transaction.query("read views of others", database =>
    sql<{ name: string }>`
      select distinct format('%I.%I', schema.nspname, view.relname) as name
      from pg_depend join pg_rewrite on pg_depend.classid = 'pg_rewrite'::regclass and pg_rewrite.oid = pg_depend.objid
        join pg_class as view on view.oid = pg_rewrite.ev_class
        join pg_namespace as schema on schema.oid = view.relnamespace
        join pg_class as ours on pg_depend.refclassid = 'pg_class'::regclass and ours.oid = pg_depend.refobjid
      where ours.relnamespace = ${payfoldSchemaName}::regnamespace and ours.relname = any(${relations}::text[])
        and view.oid <> ours.oid
        and not (schema.nspname = ${payfoldSchemaName} and view.relname in (select unnest(tables) from payfold.build))
      order by name`.execute(database),
  )
  return rows.map(row => row.name)
})

/** Columns of a relation of our schema with their types, in order; none where there is no such relation. */
const columnsOf = Effect.fnUntraced(function* (relation: string) {
  const transaction = yield* Transaction
  const { rows } = yield* transaction.query("read columns", database =>
    sql<{ column: string }>`
      select attname || ' ' || format_type(atttypid, atttypmod) as column from pg_attribute
      where attrelid = to_regclass(${qualified(relation)}) and attnum > 0 and not attisdropped order by attnum`.execute(
      database,
    ),
  )
  return rows.map(row => row.column)
})

/** Statements that give `to` the owner of `from` and what is granted on it; to be read before `from` goes. They work for a member of that owner. */
export const rightsOf = Effect.fnUntraced(function* (from: string, to: string) {
  const transaction = yield* Transaction
  const { rows } = yield* transaction.query("read rights", database =>
    sql<{ statement: string }>`
      select format('alter table %s owner to %I', ${`${quoted(payfoldSchemaName)}.${quoted(to)}`}::text,
        pg_get_userbyid(relowner)) as statement
      from pg_class where pg_class.oid = to_regclass(${qualified(from)}) and pg_get_userbyid(relowner) <> current_user
      union all
      select format('grant %s on %s to %s%s', privilege_type, ${`${quoted(payfoldSchemaName)}.${quoted(to)}`}::text,
        case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
        case when is_grantable then ' with grant option' else '' end) as statement
      from pg_class, aclexplode(relacl)
      where pg_class.oid = to_regclass(${qualified(from)}) and grantee <> relowner`.execute(database),
  )
  return rows.map(row => row.statement)
})

export const giveRights = Effect.fnUntraced(function* (statements: ReadonlyArray<string>) {
  const transaction = yield* Transaction
  for (const statement of statements) {
    const grant: RawBuilder<unknown> = sql.raw(statement)
    yield* transaction.query("give rights", database => grant.execute(database))
  }
})

function qualified(relation: string): string {
  return `${quoted(payfoldSchemaName)}.${quoted(relation)}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
