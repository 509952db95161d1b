import { Effect, Option } from "effect"
import { fileBytes } from "../../transfer/fileBytes.ts"
import { importLog } from "../../transfer/importLog.ts"
import { counted, printJson, printLine } from "../print.ts"
import { progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"

const STOPPED = "All of the file is stored, or nothing of it. Run the same command again: it finds out."

interface Flags {
  readonly file: string
  readonly merchant: Option.Option<string>
  readonly json: boolean
}

export const importAction = Effect.fn("import")(function* ({ file, merchant, json }: Flags) {
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
})
