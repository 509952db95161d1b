import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { action } from "../action.ts"
import { jsonFlag } from "../flags.ts"

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

const list = Command.make(
  "list",
  { json: jsonFlag },
  action(async () => (await import("../actions/merchant.ts")).merchantListAction),
).pipe(
  Command.withDescription("List the merchants and their settings."),
  Command.withExamples([{ command: "payfold merchant list", description: "Whose logs there are" }]),
)

const add = Command.make(
  "add",
  { merchant: nameArgument, ...settingsFlags },
  action(async () => (await import("../actions/merchant.ts")).merchantAddAction),
).pipe(
  Command.withDescription("Add a merchant with a log of its own."),
  Command.withExamples([
    { command: "payfold merchant add bangkok --time-zone Asia/Bangkok", description: "A shop in Thailand" },
  ]),
)

const set = Command.make(
  "set",
  { merchant: nameArgument, ...settingsFlags },
  action(async () => (await import("../actions/merchant.ts")).merchantSetAction),
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
