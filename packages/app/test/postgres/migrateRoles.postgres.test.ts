import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Redacted, Stream } from "effect"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { drain } from "../../src/inbox/drain.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { retranslate } from "../../src/inbox/retranslate.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import type { DatabaseUrl } from "../../src/postgres/DatabaseUrl.ts"
import { migrate, pendingMigrations } from "../../src/postgres/Migrate.ts"
import { migrateRoles, roleName } from "../../src/postgres/migrateRoles.ts"
import { hiddenColumns, type Role, type RoleTable, roleMatrix, roles } from "../../src/postgres/roleMatrix.ts"
import { payments } from "../../src/projection/payments.ts"
import { catchUp } from "../../src/projection/project.ts"
import { rebuild } from "../../src/replay/rebuild.ts"
import { exportLog } from "../../src/transfer/exportLog.ts"
import { body, konbiniPaid, konbiniWaits } from "../bodies.ts"
import { createDatabase, urlFrom } from "../describeEachEngine.ts"
import { importText } from "../transfer/transferring.ts"

const tables = Object.keys(roleMatrix).sort() as ReadonlyArray<RoleTable>

/** Statements that need one right and no other: what a row must hold is looked at later than what a role may. */
const statements = {
  select: (table: RoleTable) => `select ${readableColumn[table]} from payfold.${table} limit 0`,
  insert: (table: RoleTable) => `insert into payfold.${table} default values`,
  update: (table: RoleTable) => `update payfold.${table} set ${readableColumn[table]} = 'x' where false`,
  delete: (table: RoleTable) => `delete from payfold.${table} where false`,
  truncate: (table: RoleTable) => `truncate payfold.${table}`,
} as const
const verbs = Object.keys(statements) as ReadonlyArray<keyof typeof statements>

const readableColumn: Readonly<Record<RoleTable, string>> = {
  merchant: "merchant",
  log_head: "merchant",
  event: "merchant",
  append_key: "merchant",
  delivery: "merchant",
  drainer: "merchant",
  retranslation: "merchant",
  build: "projection",
  checkpoint: "merchant",
  reaction_checkpoint: "merchant",
  reaction_task: "merchant",
  payments: "merchant",
  due: "merchant",
  daily_totals: "merchant",
  discrepancies: "merchant",
  orders: "merchant",
  order_attempts: "merchant",
  migration: "name",
}

/** Roles belong to the whole server; PGlite has one user. */
describe("the roles of migrateRoles", () => {
  let url: DatabaseUrl
  let client: pg.Client
  const password = randomBytes(8).toString("hex")

  const as = (user: string): DatabaseUrl => {
    const address = new URL(url._tag === "Postgres" ? Redacted.value(url.url) : "")
    address.username = user
    address.password = password
    return urlFrom(address.toString())
  }
  const runAs = <A, E>(user: string, effect: Effect.Effect<A, E, Database | EventLog>) =>
    Effect.runPromise(effect.pipe(Effect.provide(EventLog.layer("default")), Effect.provide(Database.layer(as(user)))))
  const refused = { _tag: "DatabaseFailure", sqlState: "42501" }

  beforeAll(async () => {
    url = await createDatabase(inject("postgresTemplate"))
    client = new pg.Client({ connectionString: url._tag === "Postgres" ? Redacted.value(url.url) : "" })
    await client.connect()
    const twice = Effect.andThen(migrateRoles(), migrateRoles())
    expect(await Effect.runPromise(twice.pipe(Effect.provide(Database.layer(url))))).toEqual([
      "payfold_ingest",
      "payfold_project",
      "payfold_replay",
      "payfold_read",
    ])
    for (const role of roles) {
      await client.query(`create role "${roleName(role)}_login" login password '${password}' in role ${roleName(role)}`)
    }
  })

  afterAll(async () => {
    for (const role of roles) await client.query(`drop role "${roleName(role)}_login"`)
    await client.end()
  })

  const may = async (role: Role, statement: string): Promise<boolean> => {
    await client.query("begin")
    try {
      await client.query(`set local role ${roleName(role)}`)
      await client.query(statement)
      return true
    } catch (thrown) {
      // Not one's right, or nothing that can be done to a view.
      return !(thrown instanceof pg.DatabaseError && ["42501", "42809"].includes(thrown.code ?? ""))
    } finally {
      await client.query("rollback")
    }
  }

  test.each(roles)("give %s what stands in the matrix, and nothing else, cell by cell", async role => {
    const found: Array<string> = []
    const expected: Array<string> = []
    for (const table of tables) {
      for (const verb of verbs) {
        if (await may(role, statements[verb](table))) found.push(`${verb} ${table}`)
        if (verb !== "truncate" && roleMatrix[table][role]?.includes(verb) === true) expected.push(`${verb} ${table}`)
      }
      for (const column of hiddenColumns[table]?.[role] ?? []) {
        expect(await may(role, `select ${column} from payfold.${table}`)).toBe(false)
      }
    }
    expect(found).toEqual(expected)
    expect(await may(role, "create table payfold.mine ()")).toBe(role === "replay")
    expect(await may(role, "drop table payfold.event")).toBe(false)
    expect(await may(role, "alter table payfold.event disable trigger append_only")).toBe(false)
  })

  test("cover every table there is", async () => {
    const { rows } = await client.query<{ table: string }>(
      `select relname as table from pg_class where relnamespace = 'payfold'::regnamespace and relkind in ('r', 'v')
        and relname <> 'migration_lock' and relname !~ '__[0-9]+$' order by relname collate "C"`,
    )
    expect(rows.map(row => row.table)).toEqual(tables)
  })

  test("suffice for what each is named after, and for no more", async () => {
    const keep = (value: unknown) =>
      keepDelivery("default", { provider: "omise", body: body(value).bytes, headers: {}, verdict: "verified" })
    await runAs("payfold_ingest_login", Effect.all([pendingMigrations(), keep(konbiniWaits), drain("default")]))
    expect(await runAs("payfold_ingest_login", Effect.flip(catchUp("default", payments)))).toMatchObject(refused)

    expect(await runAs("payfold_project_login", catchUp("default", payments))).toMatchObject({ _tag: "CaughtUp" })
    expect(await runAs("payfold_project_login", Effect.flip(keep(konbiniPaid)))).toMatchObject(refused)

    const replayed = Effect.all([
      rebuild(payments),
      retranslate("default", "record"),
      Effect.flatMap(EventLog, log => log.verify()),
    ])
    expect(await runAs("payfold_replay_login", replayed)).toMatchObject([{ payments: 1 }, 0, { _tag: "LogSound" }])

    const read = Effect.flatMap(EventLog, log => Effect.all([log.readLog(0), log.head, log.verify()]))
    expect(await runAs("payfold_read_login", read)).toMatchObject([[{}, {}], { position: 2 }, { _tag: "LogSound" }])
    const secret = Effect.flatMap(Database, database =>
      database.query("read bodies", db => db.selectFrom("delivery").select("body").execute()),
    )
    expect(await runAs("payfold_read_login", Effect.flip(secret))).toMatchObject(refused)
  })

  test("may export where they see bodies, and none may import", async () => {
    const text = Stream.mkString(exportLog("default"))
    const file = await runAs("payfold_replay_login", text)
    expect(await runAs("payfold_ingest_login", text)).toBe(file)
    for (const user of ["payfold_project_login", "payfold_read_login"]) {
      expect(await runAs(user, Effect.flip(text))).toMatchObject(refused)
    }
    for (const role of roles) {
      const imported = importText(file.replaceAll('"default"', '"another"'))
      expect(await runAs(`${roleName(role)}_login`, Effect.flip(imported))).toMatchObject(refused)
    }
  })

  test("are mended when somebody granted more", async () => {
    await client.query("grant update, truncate on payfold.event to payfold_read")
    await client.query("grant select (body) on payfold.delivery to payfold_read")
    expect(await may("read", "truncate payfold.event")).toBe(true)
    await Effect.runPromise(migrateRoles().pipe(Effect.provide(Database.layer(url))))
    expect(await may("read", "truncate payfold.event")).toBe(false)
    expect(await may("read", "select body from payfold.delivery")).toBe(false)
  })

  test("need a right that ordinary migrations do not", async () => {
    const owner = `owner_${randomBytes(8).toString("hex")}`
    await client.query(`create role ${owner} login password '${password}'`)
    await client.query(`create database ${owner} owner ${owner}`)
    const address = as(owner)
    const own = new URL(address._tag === "Postgres" ? Redacted.value(address.url) : "")
    own.pathname = `/${owner}`
    const migrateThenRoles = Effect.gen(function* () {
      expect((yield* migrate()).length).toBeGreaterThan(0)
      return yield* Effect.flip(migrateRoles())
    })
    const refusal = await Effect.runPromise(
      migrateThenRoles.pipe(Effect.provide(Database.layer(urlFrom(own.toString())))),
    )
    expect(refusal).toMatchObject(refused)
    await client.query(`drop database ${owner}`)
    await client.query(`drop role ${owner}`)
  })

  test("stand in the documentation as they are", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../../docs/event-log.md"), "utf8")
    for (const [table, cells] of Object.entries(roleMatrix)) {
      expect(page).toContain(`| \`${table}\` | ${roles.map(role => cells[role]?.join(", ") ?? "–").join(" | ")} |`)
    }
  })
})
