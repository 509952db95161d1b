import * as Command from "effect/cli/Command"
import { action } from "../action.ts"
import { jsonFlag } from "../flags.ts"

export const statusCommand = Command.make(
  "status",
  { json: jsonFlag },
  action(async () => (await import("../actions/status.ts")).statusAction),
).pipe(
  Command.withDescription(
    "Where each log and view stands: positions, how far a view is behind, versions, what waits, is quarantined or parked.",
  ),
  Command.withExamples([{ command: "payfold status", description: "Is anything behind?" }]),
)
