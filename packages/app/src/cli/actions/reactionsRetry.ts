import { Effect, Option } from "effect"
import { retryParked } from "../../reaction/parkedReactions.ts"
import { counted, printJson, printLine } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

interface Flags {
  readonly payment: Option.Option<string>
  readonly merchant: string
  readonly json: boolean
}

export const reactionsRetryAction = Effect.fn("reactions retry")(function* ({ payment, merchant, json }: Flags) {
  const unparked = yield* withDatabase(retryParked(merchant, Option.getOrUndefined(payment)))
  if (json) printJson({ unparked })
  else {
    printLine(
      `${counted(unparked, "reaction", "reactions")} due again: the service that has the code takes them up, with all attempts before them`,
    )
  }
})
