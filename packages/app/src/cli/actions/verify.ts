import { Effect, Option } from "effect"
import { audit } from "../../replay/audit.ts"
import { SomethingWrong } from "../Exit.ts"
import { printJson, printLine } from "../print.ts"
import { type Progress, progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"
import { auditText, isSound } from "./verifyText.ts"

const UNITS = { log: "events", deliveries: "deliveries", translations: "events" }

interface Flags {
  readonly head: Option.Option<string>
  readonly retranslate: boolean
  readonly merchant: string
  readonly json: boolean
}

export const verifyAction = Effect.fn("verify")(function* ({ head, retranslate, merchant, json }: Flags) {
  let current: { readonly step: string; readonly progress: Progress } | undefined
  const onProgress = (step: keyof typeof UNITS, done: number, total: number) => {
    if (current?.step !== step) {
      current?.progress.end()
      current = { step, progress: progressOf(`verify ${step}`, UNITS[step], json) }
    }
    current.progress.report(done, total)
  }
  const options = { expectedHead: Option.getOrUndefined(head), retranslate, onProgress }
  const found = yield* withDatabase(audit(merchant, options)).pipe(
    Effect.ensuring(Effect.sync(() => current?.progress.end())),
    stoppable("Nothing was changed. Run the same command again; it begins at the beginning."),
  )
  if (json) {
    const { log, deliveries = null, translations = null, views = null } = found
    printJson({ log, deliveries, translations, views })
  } else for (const line of auditText(found)) printLine(line)
  if (!isSound(found)) return yield* new SomethingWrong()
})
