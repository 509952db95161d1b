import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"

export const inboxPruneCommand = Command.make(
  "prune",
  {
    before: Flag.String("before").pipe(Flag.withDescription("An instant or a day: 2026-01-01")),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/inboxPrune.ts")).inboxPruneAction),
).pipe(
  Command.withDescription(
    "Drop the bodies of deliveries that were recorded or ignored before a moment. What is quarantined keeps its body.",
  ),
  Command.withExamples([
    { command: "payfold inbox prune --before 2026-01-01", description: "Keep this year's bodies" },
  ]),
)
