import { Effect } from "effect"
import { migrate } from "../../postgres/Migrate.ts"
import { migrateRoles } from "../../postgres/migrateRoles.ts"
import { printJson, printLine } from "../print.ts"
import { withDatabaseAsItIs } from "../withDatabase.ts"

interface Flags {
  readonly roles: boolean
  readonly json: boolean
}

export const migrateAction = Effect.fn("migrate")(function* ({ roles, json }: Flags) {
  const applied = yield* withDatabaseAsItIs(migrate())
  const created = roles ? yield* withDatabaseAsItIs(migrateRoles()) : []
  if (json) return printJson({ applied, ...(roles ? { roles: created } : {}) })
  printLine(applied.length === 0 ? "The database is up to date" : applied.map(name => `applied ${name}`).join("\n"))
  if (roles) printLine(`Roles: ${created.join(", ")}`)
})
