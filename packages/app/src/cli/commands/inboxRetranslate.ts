import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { type RetranslatedPayment, retranslate } from "../../inbox/retranslate.ts"
import { catchUpAll } from "../../projection/project.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { counted, printJson, printLine, styled } from "../print.ts"
import { withDatabase } from "../withDatabase.ts"

export const inboxRetranslateCommand = Command.make(
  "retranslate",
  {
    diff: Flag.Boolean("diff").pipe(
      Flag.withDescription("Only show what would be appended and withdrawn; record nothing"),
      Flag.withDefault(false),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("inbox retranslate")(function* ({ diff, merchant, json }) {
    const print = (payment: RetranslatedPayment) => (json ? printJson(payment) : printLine(retranslatedText(payment)))
    const changed = yield* withDatabase(
      Effect.tap(retranslate(merchant, diff ? "show" : "record", print), () => catchUpAll(merchant)),
    )
    if (!json) printLine(`${counted(changed, "payment", "payments")} ${diff ? "would change" : "changed"}`)
  }),
).pipe(
  Command.withDescription(
    "Translate every kept delivery again, after an adapter upgrade: append what is new, withdraw what no longer follows.",
  ),
  Command.withExamples([{ command: "payfold inbox retranslate --diff", description: "What an upgrade would change" }]),
)

function retranslatedText({ payment, added, withdrawn }: RetranslatedPayment): string {
  return [
    styled("bold", payment),
    ...withdrawn.map(({ version, event }) => styled("red", `  - ${version} ${JSON.stringify(event)}`)),
    ...added.map(({ event, deliveryId }) => styled("green", `  + ${JSON.stringify(event)} (delivery ${deliveryId})`)),
  ].join("\n")
}
