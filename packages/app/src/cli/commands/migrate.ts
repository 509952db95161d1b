import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import { migrate } from "../../postgres/Migrate.ts"
import { jsonFlag } from "../flags.ts"
import { printJson, printLine } from "../print.ts"
import { withDatabaseAsItIs } from "../withDatabase.ts"

export const migrateCommand = Command.make(
  "migrate",
  { json: jsonFlag },
  Effect.fn("migrate")(function* ({ json }) {
    const applied = yield* withDatabaseAsItIs(migrate())
    if (json) printJson({ applied })
    else
      printLine(applied.length === 0 ? "The database is up to date" : applied.map(name => `applied ${name}`).join("\n"))
  }),
).pipe(
  Command.withDescription("Bring the database to the form this Payfold needs. Running it again changes nothing."),
  Command.withExamples([{ command: "payfold migrate", description: "Create or upgrade the tables" }]),
)
