import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"

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
  action(async () => (await import("../actions/verify.ts")).verifyAction),
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
