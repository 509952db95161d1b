import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import { listParked, type ParkedReaction } from "../../reaction/parkedReactions.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { printJson, printLine, styled } from "../print.ts"
import { printable, table } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { reactionsRetryCommand } from "./reactionsRetry.ts"

export const reactionsCommand = Command.make(
  "reactions",
  { merchant: merchantFlag, json: jsonFlag },
  Effect.fn("reactions")(function* ({ merchant, json }) {
    const parked = yield* withDatabase(listParked(merchant))
    if (json) for (const one of parked) printJson(one)
    else printLine(parked.length === 0 ? "No reaction is parked" : parkedTable(parked))
  }),
).pipe(
  Command.withDescription(
    "List the oldest reactions that failed as often as they may, and wait for somebody: what comes later for the same payment waits behind them.",
  ),
  Command.withExamples([{ command: "payfold reactions", description: "What is parked, and what it failed with" }]),
  Command.withSubcommands([reactionsRetryCommand]),
)

function parkedTable(parked: ReadonlyArray<ParkedReaction>): string {
  return table(
    ["reaction", "payment", "from", "to", "position", "attempts", "last error"],
    parked.map(({ reaction, transition, attempts, lastError }) => [
      reaction,
      transition.payment,
      transition.from,
      transition.to,
      String(transition.position),
      String(attempts),
      styled("red", printable(lastError ?? "")),
    ]),
  )
}
