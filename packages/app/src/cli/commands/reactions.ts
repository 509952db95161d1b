import * as Command from "effect/cli/Command"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { reactionsRetryCommand } from "./reactionsRetry.ts"

export const reactionsCommand = Command.make(
  "reactions",
  { merchant: merchantFlag, json: jsonFlag },
  action(async () => (await import("../actions/reactions.ts")).reactionsAction),
).pipe(
  Command.withDescription(
    "List the oldest reactions that failed as often as they may, and wait for somebody: what comes later for the same payment waits behind them.",
  ),
  Command.withExamples([{ command: "payfold reactions", description: "What is parked, and what it failed with" }]),
  Command.withSubcommands([reactionsRetryCommand]),
)
