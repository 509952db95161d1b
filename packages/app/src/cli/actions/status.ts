import { Effect } from "effect"
import { readStatus } from "../../replay/readStatus.ts"
import { isTerminal, printJson, printLine } from "../print.ts"
import { printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { statusCells, statusText } from "./statusText.ts"

interface Flags {
  readonly json: boolean
}

export const statusAction = Effect.fn("status")(function* ({ json }: Flags) {
  const { engine, serverVersion, merchants } = yield* withDatabase(readStatus())
  if (json) for (const merchant of merchants) printJson({ engine, serverVersion, ...merchant })
  else if (isTerminal()) printLine(`${engine} ${serverVersion}\n\n${statusText(merchants)}`)
  else printTable([], statusCells(merchants))
})
