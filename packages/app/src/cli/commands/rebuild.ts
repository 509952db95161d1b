import { Effect, Option, Result } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { positionAsOf } from "../../log/positionAsOf.ts"
import { readHead } from "../../log/readHead.ts"
import { Database } from "../../postgres/Database.ts"
import { paymentRow, payments } from "../../projection/payments.ts"
import { eachPayment } from "../../replay/eachPayment.ts"
import { type Moment, momentFromText } from "../../replay/Moment.ts"
import { type Rebuilt, rebuild } from "../../replay/rebuild.ts"
import { changedColumns, type ViewDifference } from "../../replay/viewDifferences.ts"
import { WrongUsage } from "../Exit.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { isTerminal, printJson, printLine, styled } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"
import { paymentsTable } from "./payments.ts"

export const rebuildCommand = Command.make(
  "rebuild",
  {
    projections: Argument.Literals("projection", [payments.name]).pipe(
      Argument.withDescription("Which view; all of them where none is named"),
      Argument.variadic(),
    ),
    asOf: Flag.String("as-of").pipe(
      Flag.withDescription("Print the view as it was at a position or an instant, and leave the live one alone"),
      Flag.optional,
    ),
    diff: Flag.Boolean("diff").pipe(Flag.withDescription("Print the rows that differ"), Flag.withDefault(false)),
    dryRun: Flag.Boolean("dry-run").pipe(
      Flag.withDescription("Build and compare, and leave the live view as it is"),
      Flag.withDefault(false),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("rebuild")(function* ({ asOf, diff, dryRun, merchant, json }) {
    if (Option.isSome(asOf)) {
      const moment = momentFromText(asOf.value)
      if (Result.isFailure(moment)) return yield* new WrongUsage({ message: moment.failure })
      return yield* withDatabase(printAsOf(merchant, moment.success, json))
    }
    const rebuilt = yield* withDatabase(
      rebuild(payments, { dryRun, onProgress: isTerminal() && !json ? showProgress : () => {} }),
    )
    if (json) printJson(diff ? rebuilt : { ...rebuilt, examples: undefined })
    else printRebuilt(rebuilt, diff)
  }),
).pipe(
  Command.withDescription("Rebuild views from the log beside the living ones, compare, and switch."),
  Command.withExamples([
    { command: "payfold rebuild payments --diff", description: "Rebuild and say which rows were different" },
    { command: "payfold rebuild --as-of 2026-11-01T00:00:00+09:00", description: "What was known then" },
  ]),
)

const printAsOf = Effect.fnUntraced(function* (merchant: string, moment: Moment, json: boolean) {
  const database = yield* Database
  const head = yield* readHead(database, merchant)
  const position =
    moment._tag === "Position" ? moment.position : yield* positionAsOf(database, merchant, moment.instant)
  if (position > head.position) {
    return yield* new WrongUsage({ message: `Position ${position} is not there yet: the log ends at ${head.position}` })
  }
  if (!json) printLine(`As of position ${position} of ${head.position}:`)
  yield* eachPayment(merchant, position, ({ changes }) =>
    Effect.sync(() => {
      const rows = changes.map(change => paymentRow(merchant, change))
      if (json) for (const row of rows) printJson(row)
      else if (rows.length > 0) printLine(paymentsTable(rows))
    }),
  )
})

function showProgress(count: number): void {
  process.stderr.write(`\r${count} payments folded`)
}

function printRebuilt({ projection, payments: count, differences, examples, switched }: Rebuilt, diff: boolean): void {
  const { onlyBefore, onlyAfter, changed } = differences
  if (isTerminal()) process.stderr.write("\r\u001b[K")
  const same = onlyBefore + onlyAfter + changed === 0
  printLine(
    `${projection}: ${count} payments rebuilt from the log; ${same ? styled("green", "equal to the live view") : styled("yellow", `${changed} changed, ${onlyAfter} missing from the live view, ${onlyBefore} only there`)}`,
  )
  if (diff) for (const example of examples) printLine(differenceText(example))
  if (!switched) printLine("Dry run: the live view was left as it is")
}

function differenceText(difference: ViewDifference): string {
  const { before, after, payment } = difference
  if (before === null) return styled("green", `+ ${payment}`)
  if (after === null) return styled("red", `- ${payment}`)
  const columns = changedColumns(difference).map(
    column => `    ${column}: ${JSON.stringify(before[column])} → ${JSON.stringify(after[column])}`,
  )
  return [`~ ${payment}`, ...columns].join("\n")
}
