import { Effect, Option } from "effect"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { addMerchant, listMerchants, setMerchant } from "../../merchant/Merchant.ts"
import { jsonFlag } from "../flags.ts"
import { printJson, printLine } from "../print.ts"
import { table } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"

const nameArgument = Argument.String("merchant").pipe(
  Argument.withDescription("The merchant's name, as --merchant takes it"),
)

const settingsFlags = {
  timeZone: Flag.String("time-zone").pipe(
    Flag.withDescription("Where the merchant's day begins: Asia/Tokyo"),
    Flag.optional,
  ),
  referenceKeys: Flag.String("reference-keys").pipe(
    Flag.withDescription("Metadata keys that may hold the order reference, first match wins: order_id,orderid"),
    Flag.optional,
  ),
}

const toSettings = (flags: {
  readonly timeZone: Option.Option<string>
  readonly referenceKeys: Option.Option<string>
}) => ({
  ...(Option.isSome(flags.timeZone) ? { timeZone: flags.timeZone.value } : {}),
  ...(Option.isSome(flags.referenceKeys) ? { referenceKeys: flags.referenceKeys.value.split(",") } : {}),
})

const list = Command.make(
  "list",
  { json: jsonFlag },
  Effect.fn("merchant list")(function* ({ json }) {
    const merchants = yield* withDatabase(listMerchants())
    if (json) for (const merchant of merchants) printJson(merchant)
    else {
      const rows = merchants.map(({ merchant, timeZone, referenceKeys }) => [
        merchant,
        timeZone,
        referenceKeys.join(", "),
      ])
      printLine(table(["merchant", "time zone", "order reference from"], rows))
    }
  }),
).pipe(
  Command.withDescription("List the merchants and their settings."),
  Command.withExamples([{ command: "payfold merchant list", description: "Whose logs there are" }]),
)

const add = Command.make(
  "add",
  { merchant: nameArgument, ...settingsFlags },
  Effect.fn("merchant add")(function* ({ merchant, ...flags }) {
    yield* withDatabase(addMerchant(merchant, toSettings(flags)))
    printLine(`Added ${merchant}`)
  }),
).pipe(
  Command.withDescription("Add a merchant with a log of its own."),
  Command.withExamples([
    { command: "payfold merchant add bangkok --time-zone Asia/Bangkok", description: "A shop in Thailand" },
  ]),
)

const set = Command.make(
  "set",
  { merchant: nameArgument, ...settingsFlags },
  Effect.fn("merchant set")(function* ({ merchant, ...flags }) {
    yield* withDatabase(setMerchant(merchant, toSettings(flags)))
    printLine(
      `Changed ${merchant}. Earlier deliveries keep their reading until: payfold inbox retranslate --merchant ${merchant}`,
    )
  }),
).pipe(
  Command.withDescription("Change a merchant's settings; what is not named stays."),
  Command.withExamples([
    { command: "payfold merchant set default --reference-keys order_no", description: "Orders are named otherwise" },
  ]),
)

export const merchantCommand = Command.make("merchant").pipe(
  Command.withDescription("The merchants: one is one log."),
  Command.withSubcommands([list, add, set]),
)
