import { Effect } from "effect"
import { listParked, type ParkedReaction } from "../../reaction/parkedReactions.ts"
import { printJson, printNote, styled } from "../print.ts"
import { printable, printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"

interface Flags {
  readonly merchant: string
  readonly json: boolean
}

export const reactionsAction = Effect.fn("reactions")(function* ({ merchant, json }: Flags) {
  const parked = yield* withDatabase(listParked(merchant))
  if (json) for (const one of parked) printJson(one)
  else if (parked.length === 0) printNote("No reaction is parked")
  else printParked(parked)
})

function printParked(parked: ReadonlyArray<ParkedReaction>): void {
  printTable(
    ["reaction", "payment", "from", "to", { right: "position" }, { right: "attempts" }, "last error"],
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
