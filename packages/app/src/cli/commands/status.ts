import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import { readStatus } from "../../replay/readStatus.ts"
import { jsonFlag } from "../flags.ts"
import { isTerminal, printJson, printLine } from "../print.ts"
import { printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { statusCells, statusText } from "./statusText.ts"

export const statusCommand = Command.make(
  "status",
  { json: jsonFlag },
  Effect.fn("status")(function* ({ json }) {
    const { engine, serverVersion, merchants } = yield* withDatabase(readStatus())
    if (json) for (const merchant of merchants) printJson({ engine, serverVersion, ...merchant })
    else if (isTerminal()) printLine(`${engine} ${serverVersion}\n\n${statusText(merchants)}`)
    else printTable([], statusCells(merchants))
  }),
).pipe(
  Command.withDescription(
    "Where each log and view stands: positions, how far a view is behind, versions, what waits, is quarantined or parked.",
  ),
  Command.withExamples([{ command: "payfold status", description: "Is anything behind?" }]),
)
