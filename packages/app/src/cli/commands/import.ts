import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { fileBytes } from "../../transfer/fileBytes.ts"
import { importLog } from "../../transfer/importLog.ts"
import { jsonFlag } from "../flags.ts"
import { counted, printJson, printLine } from "../print.ts"
import { progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"

const STOPPED = "All of the file is stored, or nothing of it. Run the same command again: it finds out."

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
  Effect.fn("import")(function* ({ file, merchant, json }) {
    const progress = progressOf("import", "lines", json)
    const chunks = file === "-" ? process.stdin : fileBytes(file)
    const imported = yield* withDatabase(
      importLog(chunks, {
        ...(Option.isSome(merchant) ? { merchant: merchant.value } : {}),
        onProgress: progress.report,
      }),
    ).pipe(Effect.ensuring(Effect.sync(progress.end)), stoppable(STOPPED))
    if (json) return printJson(imported)
    const { events, deliveries, chain } = imported
    const all = `${counted(events, "event", "events")} and ${counted(deliveries, "delivery", "deliveries")} of ${imported.merchant}`
    if (imported._tag === "AlreadyThere") return printLine(`Already there: ${all}`)
    printLine(`Imported ${all}. Check with: payfold verify --merchant ${imported.merchant} --head ${chain}`)
  }),
).pipe(
  Command.withDescription(
    "Read an exported log into a database where its merchant has none: all of it, checked line by line, or nothing.",
  ),
  Command.withExamples([
    { command: "payfold import log.ndjson", description: "Run it again after a crash: it stores all or nothing" },
    { command: "payfold export | PAYFOLD_DATABASE_URL=pglite:copy payfold import", description: "A copy to play with" },
  ]),
)
