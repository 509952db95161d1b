import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"

export const inboxRetranslateCommand = Command.make(
  "retranslate",
  {
    diff: Flag.Boolean("diff").pipe(
      Flag.withDescription("Only show what would be appended and withdrawn; record nothing"),
      Flag.withDefault(false),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/inboxRetranslate.ts")).inboxRetranslateAction),
).pipe(
  Command.withDescription(
    "Translate every kept delivery again, after an adapter upgrade: append what is new, withdraw what no longer follows.",
  ),
  Command.withExamples([{ command: "payfold inbox retranslate --diff", description: "What an upgrade would change" }]),
)
