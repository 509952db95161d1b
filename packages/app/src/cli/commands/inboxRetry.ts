import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"

export const inboxRetryCommand = Command.make(
  "retry",
  {
    deliveries: Argument.Int("delivery").pipe(
      Argument.withDescription("Which deliveries, as `inbox --quarantined` lists them; all where none is named"),
      Argument.variadic(),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/inboxRetry.ts")).inboxRetryAction),
).pipe(
  Command.withDescription("Take quarantined deliveries up again, after an adapter that can read them was installed."),
  Command.withExamples([{ command: "payfold inbox retry", description: "Try all of them again" }]),
)
