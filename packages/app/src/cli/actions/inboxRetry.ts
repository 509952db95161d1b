import { Effect } from "effect"
import { retry } from "../../inbox/retry.ts"
import { catchUpAll } from "../../projection/project.ts"
import { counted, printJson, printLine } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

interface Flags {
  readonly deliveries: ReadonlyArray<number>
  readonly merchant: string
  readonly json: boolean
}

export const inboxRetryAction = Effect.fn("inbox retry")(function* ({ deliveries, merchant, json }: Flags) {
  const retried = yield* withDatabase(
    Effect.tap(retry(merchant, deliveries.length === 0 ? "all" : deliveries), () => catchUpAll(merchant)),
  )
  if (json) printJson(retried)
  else
    printLine(
      `${counted(retried.retried, "delivery", "deliveries")} tried again, ${retried.quarantined} still in quarantine`,
    )
})
