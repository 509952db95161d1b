import { Effect, Result } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { prune } from "../../inbox/prune.ts"
import { momentFromText } from "../../replay/Moment.ts"
import { WrongUsage } from "../Exit.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { counted, printJson, printLine } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

export const inboxPruneCommand = Command.make(
  "prune",
  {
    before: Flag.String("before").pipe(Flag.withDescription("An instant or a day: 2026-01-01")),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("inbox prune")(function* ({ before, merchant, json }) {
    const moment = momentFromText(before)
    if (Result.isFailure(moment)) return yield* new WrongUsage({ message: moment.failure })
    if (moment.success._tag === "Position")
      return yield* new WrongUsage({ message: `Expected an instant, found the position ${before}` })
    const pruned = yield* withDatabase(prune(merchant, moment.success.instant))
    if (json) printJson({ pruned })
    else
      printLine(
        `${counted(pruned, "body", "bodies")} dropped. They can no longer be looked at or translated again; their events stay.`,
      )
  }),
).pipe(
  Command.withDescription(
    "Drop the bodies of deliveries that were recorded or ignored before a moment. What is quarantined keeps its body.",
  ),
  Command.withExamples([
    { command: "payfold inbox prune --before 2026-01-01", description: "Keep this year's bodies" },
  ]),
)
