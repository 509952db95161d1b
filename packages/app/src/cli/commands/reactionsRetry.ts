import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { retryParked } from "../../reaction/parkedReactions.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { counted, printJson, printLine } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

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
  Effect.fn("reactions retry")(function* ({ payment, merchant, json }) {
    const unparked = yield* withDatabase(retryParked(merchant, Option.getOrUndefined(payment)))
    if (json) printJson({ unparked })
    else {
      printLine(
        `${counted(unparked, "reaction", "reactions")} due again: the service that has the code takes them up, with all attempts before them`,
      )
    }
  }),
).pipe(
  Command.withDescription(
    "Let parked reactions be tried again, after their cause was mended. They run in the service that has their code, not here.",
  ),
  Command.withExamples([{ command: "payfold reactions retry", description: "All of them" }]),
)
