import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag } from "../flags.ts"

export const importCommand = Command.make(
  "import",
  {
    file: Argument.String("file").pipe(
      Argument.withDescription("A file that `payfold export` wrote; - is standard input, and so is no file at all"),
      Argument.withDefault("-"),
    ),
    merchant: Flag.String("merchant").pipe(
      Flag.withDescription("Refuse a file of another merchant's log; a log keeps its merchant's name"),
      Flag.optional,
    ),
    json: jsonFlag,
  },
  action(async () => (await import("../actions/import.ts")).importAction),
).pipe(
  Command.withDescription(
    "Read an exported log into a database where its merchant has none: all of it, checked line by line, or nothing.",
  ),
  Command.withExamples([
    { command: "payfold import log.ndjson", description: "Run it again after a crash: it stores all or nothing" },
    { command: "payfold export | PAYFOLD_DATABASE_URL=pglite:copy payfold import", description: "A copy to play with" },
  ]),
)
