import { Effect, Option } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { verifyLog } from "../../log/verifyLog.ts"
import { Database } from "../../postgres/Database.ts"
import { verifyViews } from "../../replay/verifyViews.ts"
import { SomethingWrong } from "../Exit.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { printJson, printLine, styled } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

export const verifyCommand = Command.make(
  "verify",
  {
    head: Flag.String("head").pipe(
      Flag.withDescription("A head noted down elsewhere (hexadecimal), which the log must have had"),
      Flag.optional,
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("verify")(function* ({ head, merchant, json }) {
    const { log, views } = yield* withDatabase(verifyAll(merchant, Option.getOrUndefined(head)))
    if (json) printJson({ log, views: views ?? null })
    else if (log._tag === "LogFault") {
      printLine(
        `${styled("red", "The log is damaged")} at position ${log.position} (${log.kind}): found ${log.found}, expected ${log.expected}`,
      )
      printLine("Nothing was changed. Compare with a backup before anything is written to this database.")
    } else {
      printLine(
        `${styled("green", "The log is sound")}: ${log.events} events of ${log.payments} payments, ${log.links} links, head ${log.chain}`,
      )
    }
    if (!json && views !== undefined) {
      if (views.difference === undefined) {
        printLine(
          `${styled("green", "The views equal the log")}: ${views.payments} payments at position ${views.position}`,
        )
      } else {
        const { table, key, columns } = views.difference
        printLine(`${styled("red", "A view differs from the log")}: ${table} ${rowName(key)} in ${columns.join(", ")}`)
        printLine("The log is the truth. Run: payfold rebuild --diff")
      }
    }
    if (!json) for (const reason of views?.unverified ?? []) printLine(`${styled("yellow", "Not verified")}: ${reason}`)
    if (log._tag === "LogFault" || views?.difference !== undefined || (views?.unverified ?? []).length > 0)
      return yield* new SomethingWrong()
  }),
).pipe(
  Command.withDescription(
    "Check the log against its hash chain, and every view against the fold of the log. Changes nothing.",
  ),
  Command.withExamples([{ command: "payfold verify", description: "Exit 0 means that all of it holds" }]),
)

/** A row by its key, without the merchant, whom the command names. */
function rowName(key: Readonly<Record<string, unknown>>): string {
  return Object.entries(key)
    .flatMap(([column, value]) => (column === "merchant" ? [] : [String(value)]))
    .join(" ")
}

const verifyAll = Effect.fnUntraced(function* (merchant: string, expectedHead: string | undefined) {
  const database = yield* Database
  const log = yield* verifyLog(database, merchant, expectedHead === undefined ? {} : { expectedHead })
  // A fold of a damaged log proves nothing.
  return { log, views: log._tag === "LogFault" ? undefined : yield* verifyViews(merchant) }
})
