import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { audit } from "../../replay/audit.ts"
import { SomethingWrong } from "../Exit.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { printJson, printLine } from "../print.ts"
import { type Progress, progressOf } from "../progress.ts"
import { stoppable } from "../stoppable.ts"
import { withDatabase } from "../withDatabase.ts"
import { auditText, isSound } from "./verifyText.ts"

const UNITS = { log: "events", deliveries: "deliveries", translations: "events" }

export const verifyCommand = Command.make(
  "verify",
  {
    head: Flag.String("head").pipe(
      Flag.withDescription("A head noted down elsewhere (hexadecimal), which the log must have had"),
      Flag.optional,
    ),
    retranslate: Flag.Boolean("retranslate").pipe(
      Flag.withDescription("Also translate the kept deliveries again and compare the events with what they imply"),
      Flag.withDefault(false),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("verify")(function* ({ head, retranslate, merchant, json }) {
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
  }),
).pipe(
  Command.withDescription(
    "Check the log against its hash chain, its deliveries against their hashes, and every view against the fold of the log. Changes nothing.",
  ),
  Command.withExamples([
    { command: "payfold verify", description: "Exit 0 means that all of it holds" },
    {
      command: "payfold verify --retranslate",
      description: "Also compare the events with the payloads they came from",
    },
  ]),
)
