import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag } from "../flags.ts"

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
  action(async () => (await import("../actions/migrate.ts")).migrateAction),
).pipe(
  Command.withDescription("Bring the database to the form this Payfold needs. Running it again changes nothing."),
  Command.withExamples([
    { command: "payfold migrate", description: "Create or upgrade the tables" },
    { command: "payfold migrate --roles", description: "And the roles for ingest, project, replay and read" },
  ]),
)
