import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { inboxPruneCommand } from "./inboxPrune.ts"
import { inboxRetranslateCommand } from "./inboxRetranslate.ts"
import { inboxRetryCommand } from "./inboxRetry.ts"

export const inboxCommand = Command.make(
  "inbox",
  {
    quarantined: Flag.Boolean("quarantined").pipe(
      Flag.withDescription("Only deliveries that could not be read"),
      Flag.withDefault(false),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/inbox.ts")).inboxAction),
).pipe(
  Command.withDescription("List the deliveries that came in and what became of each. Bodies are not shown."),
  Command.withExamples([{ command: "payfold inbox --quarantined", description: "What could not be read, and why" }]),
  Command.withSubcommands([inboxRetryCommand, inboxRetranslateCommand, inboxPruneCommand]),
)
