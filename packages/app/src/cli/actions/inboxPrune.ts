import { Effect, Result } from "effect"
import { prune } from "../../inbox/prune.ts"
import { momentFromText } from "../../replay/Moment.ts"
import { WrongUsage } from "../Exit.ts"
import { counted, printJson, printLine } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

interface Flags {
  readonly before: string
  readonly merchant: string
  readonly json: boolean
}

export const inboxPruneAction = Effect.fn("inbox prune")(function* ({ before, merchant, json }: Flags) {
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
})
