import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { migrate } from "../../postgres/Migrate.ts"
import { migrateRoles } from "../../postgres/migrateRoles.ts"
import { jsonFlag } from "../flags.ts"
import { printJson, printLine } from "../print.ts"
import { withDatabaseAsItIs } from "../withDatabase.ts"

export const migrateCommand = Command.make(
  "migrate",
  {
    roles: Flag.Boolean("roles").pipe(
      Flag.withDescription(
        "Also create the least-privilege roles, or bring them up to date; asks for the right to create roles",
      ),
      Flag.withDefault(false),
    ),
    json: jsonFlag,
  },
  Effect.fn("migrate")(function* ({ roles, json }) {
    const applied = yield* withDatabaseAsItIs(migrate())
    const created = roles ? yield* withDatabaseAsItIs(migrateRoles()) : []
    if (json) return printJson({ applied, ...(roles ? { roles: created } : {}) })
    printLine(applied.length === 0 ? "The database is up to date" : applied.map(name => `applied ${name}`).join("\n"))
    if (roles) printLine(`Roles: ${created.join(", ")}`)
  }),
).pipe(
  Command.withDescription("Bring the database to the form this Payfold needs. Running it again changes nothing."),
  Command.withExamples([
    { command: "payfold migrate", description: "Create or upgrade the tables" },
    { command: "payfold migrate --roles", description: "And the roles for ingest, project, replay and read" },
  ]),
)
