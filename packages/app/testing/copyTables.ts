import { type QueryExecutorProvider, sql } from "kysely"

/**
 * Copies every row of every table of a schema into the same tables of another database, as text, with nothing but `select` and `insert`; what any
 * tool for copying tables does. The target has the schema and none but its migrations' rows, which are replaced.
 *
 * Identity columns go on after the highest number that was copied.
 */
export const copyTables = async (from: QueryExecutorProvider, to: QueryExecutorProvider, schema: string) => {
  // Others refer to the merchants.
  const listed = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = ${schema}::regnamespace and relkind = 'r' and relname not like 'migration%'
    order by relname <> 'merchant', relname`.execute(from)
  const tables = listed.rows.map(row => row.name)
  for (const table of tables.toReversed()) {
    const { rows } = await sql<{ some: boolean }>`select exists (select from ${sql.id(schema, table)}) as some`.execute(
      to,
    )
    if (rows[0]?.some === true) await sql`delete from ${sql.id(schema, table)}`.execute(to)
  }
  for (const table of tables) {
    const { rows } = await sql<{ all: string }>`select coalesce(json_agg(t), '[]')::text as all
      from ${sql.id(schema, table)} as t`.execute(from)
    await sql`insert into ${sql.id(schema, table)} overriding system value
      select * from json_populate_recordset(null::${sql.id(schema, table)}, ${rows[0]?.all ?? "[]"}::json)`.execute(to)
  }
  await sql`select setval(pg_get_serial_sequence(${`${schema}.delivery`}, 'delivery_id'),
    (select coalesce(max(delivery_id), 0) + 1 from ${sql.id(schema, "delivery")}), false)`.execute(to)
}
