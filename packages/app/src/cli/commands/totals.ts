import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { SHIPPED_PROVIDERS } from "../../inbox/Providers.ts"
import { UNKNOWN } from "../../projection/moneyOfDays.ts"
import { dayFlag } from "../dayFlag.ts"
import { WrongUsage } from "../Exit.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { merchantNamed } from "../merchantNamed.ts"
import { methodFlag } from "../methodFlag.ts"
import { isTerminal, printJson, printLine, printNote, terminalWidth } from "../print.ts"
import { printTable } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { eachTotalsPage, type TotalsFilters, totalsByDay } from "./readTotals.ts"
import { totalsCells, totalsText } from "./totalsTable.ts"

export const totalsCommand = Command.make(
  "totals",
  {
    from: dayFlag("from", "The first day, in the merchant's time zone"),
    to: dayFlag("to", "The last day, which is counted too"),
    provider: Flag.Literals(
      "provider",
      SHIPPED_PROVIDERS.map(({ name }) => name),
    ).pipe(Flag.withDescription("Only money that came this way"), Flag.optional),
    method: methodFlag,
    currency: Flag.String("currency").pipe(
      Flag.withDescription("Only this currency, by its code: JPY; or unknown"),
      Flag.withMetavar("code"),
      Flag.filterMap(
        text =>
          text === UNKNOWN
            ? Option.some(text)
            : Option.liftPredicate(text.toUpperCase(), code => /^[A-Z]{3}$/.test(code)),
        text => `Expected a currency code such as JPY, or ${UNKNOWN}, found ${JSON.stringify(text)}`,
      ),
      Flag.optional,
    ),
    mode: Flag.Literals("mode", ["live", "test", UNKNOWN]).pipe(
      Flag.withDescription("Only live or only test money; the two are never added up"),
      Flag.optional,
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("totals")(function* ({ merchant, json, ...flags }) {
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
  }),
).pipe(
  Command.withDescription(
    "What was received and given back, day by day in the merchant's time zone; a table a currency, test money apart. With --json the rows of the view, by provider and method too.",
  ),
  Command.withExamples([
    { command: "payfold totals --from 2026-06-01 --to 2026-06-30", description: "June, a line a day" },
    {
      command: "payfold totals --currency JPY --mode live --json",
      description: "For a script; amounts in minor units",
    },
  ]),
)
