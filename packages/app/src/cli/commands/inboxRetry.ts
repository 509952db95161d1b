import { Effect } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { retry } from "../../inbox/retry.ts"
import { catchUpAll } from "../../projection/project.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { counted, printJson, printLine } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

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
  Effect.fn("inbox retry")(function* ({ deliveries, merchant, json }) {
    const retried = yield* withDatabase(
      Effect.tap(retry(merchant, deliveries.length === 0 ? "all" : deliveries), () => catchUpAll(merchant)),
    )
    if (json) printJson(retried)
    else
      printLine(
        `${counted(retried.retried, "delivery", "deliveries")} tried again, ${retried.quarantined} still in quarantine`,
      )
  }),
).pipe(
  Command.withDescription("Take quarantined deliveries up again, after an adapter that can read them was installed."),
  Command.withExamples([{ command: "payfold inbox retry", description: "Try all of them again" }]),
)
