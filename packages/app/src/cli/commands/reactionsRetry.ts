import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { action } from "../action.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"

export const reactionsRetryCommand = Command.make(
  "retry",
  {
    payment: Argument.String("payment-id").pipe(
      Argument.withDescription("Whose parked reactions, as `reactions` lists them; all where none is named"),
      Argument.optional,
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  action(async () => (await import("../actions/reactionsRetry.ts")).reactionsRetryAction),
).pipe(
  Command.withDescription(
    "Let parked reactions be tried again, after their cause was mended. They run in the service that has their code, not here.",
  ),
  Command.withExamples([{ command: "payfold reactions retry", description: "All of them" }]),
)
