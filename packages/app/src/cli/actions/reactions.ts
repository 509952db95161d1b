import { Effect } from "effect"
import { listParked, type ParkedReaction } from "../../reaction/parkedReactions.ts"
import { printJson, printLine, styled } from "../print.ts"
import { printable, table } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"

interface Flags {
  readonly merchant: string
  readonly json: boolean
}

export const reactionsAction = Effect.fn("reactions")(function* ({ merchant, json }: Flags) {
  const parked = yield* withDatabase(listParked(merchant))
  if (json) for (const one of parked) printJson(one)
  else printLine(parked.length === 0 ? "No reaction is parked" : parkedTable(parked))
})

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
