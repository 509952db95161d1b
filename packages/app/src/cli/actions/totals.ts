import { Effect, Option } from "effect"
import { UNKNOWN } from "../../projection/moneyOfDays.ts"
import { WrongUsage } from "../Exit.ts"
import { merchantNamed } from "../merchantNamed.ts"
import { isTerminal, printJson, printLine, printNote, terminalWidth } from "../print.ts"
import { printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { eachTotalsPage, type TotalsFilters, totalsByDay } from "./readTotals.ts"
import { totalsCells, totalsText } from "./totalsTable.ts"

interface Flags {
  readonly from: Option.Option<string>
  readonly to: Option.Option<string>
  readonly provider: Option.Option<string>
  readonly method: Option.Option<string | null>
  readonly currency: Option.Option<string>
  readonly mode: Option.Option<string>
  readonly merchant: string
  readonly json: boolean
}

export const totalsAction = Effect.fn("totals")(function* ({ merchant, json, ...flags }: Flags) {
  const filters: TotalsFilters = {
    from: Option.getOrUndefined(flags.from),
    to: Option.getOrUndefined(flags.to),
    provider: Option.getOrUndefined(flags.provider),
    method: Option.getOrUndefined(Option.map(flags.method, method => method ?? UNKNOWN)),
    currency: Option.getOrUndefined(flags.currency),
    mode: Option.getOrUndefined(flags.mode),
  }
  if (filters.from !== undefined && filters.to !== undefined && filters.from > filters.to) {
    return yield* new WrongUsage({ message: `--from ${filters.from} lies after --to ${filters.to}` })
  }
  yield* withDatabase(
    Effect.gen(function* () {
      const { timeZone } = yield* merchantNamed(merchant)
      if (json) {
        return yield* eachTotalsPage(merchant, filters, rows => {
          for (const row of rows) printJson(row)
        })
      }
      const days = yield* totalsByDay(merchant, filters)
      if (days.length === 0) return printNote("No money was received or given back in that time")
      if (isTerminal()) printLine(totalsText(days, timeZone, terminalWidth()))
      else printTable([], days.map(totalsCells))
    }),
  )
})
