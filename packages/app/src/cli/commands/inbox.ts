import { Effect } from "effect"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { type ListedDelivery, listDeliveries } from "../../inbox/listDeliveries.ts"
import { jsonFlag, merchantFlag } from "../flags.ts"
import { printJson, printLine, styled } from "../print.ts"
import { printable, table } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"
import { inboxPruneCommand } from "./inboxPrune.ts"
import { inboxRetranslateCommand } from "./inboxRetranslate.ts"
import { inboxRetryCommand } from "./inboxRetry.ts"

export const inboxCommand = Command.make(
  "inbox",
  {
    quarantined: Flag.Boolean("quarantined").pipe(
      Flag.withDescription("Only deliveries that could not be read"),
      Flag.withDefault(false),
    ),
    merchant: merchantFlag,
    json: jsonFlag,
  },
  Effect.fn("inbox")(function* ({ quarantined, merchant, json }) {
    yield* withDatabase(
      Effect.gen(function* () {
        let after: number | undefined = 0
        let isEmpty = true
        while (after !== undefined) {
          const page: ReadonlyArray<ListedDelivery> = yield* listDeliveries(merchant, quarantined, after)
          if (json) for (const delivery of page) printJson(delivery)
          else if (page.length > 0) printLine(deliveriesTable(page))
          isEmpty &&= page.length === 0
          after = page.at(-1)?.deliveryId
        }
        if (isEmpty && !json) printLine(quarantined ? "Nothing is quarantined" : "The inbox is empty")
      }),
    )
  }),
).pipe(
  Command.withDescription("List the deliveries that came in and what became of each. Bodies are not shown."),
  Command.withExamples([{ command: "payfold inbox --quarantined", description: "What could not be read, and why" }]),
  Command.withSubcommands([inboxRetryCommand, inboxRetranslateCommand, inboxPruneCommand]),
)

/** Deliveries as a table for people. */
export function deliveriesTable(deliveries: ReadonlyArray<ListedDelivery>): string {
  return table(
    ["delivery", "provider", "received", "times", "bytes", "verdict", "state", "reason"],
    deliveries.map(delivery => [
      String(delivery.deliveryId),
      delivery.provider,
      delivery.receivedAt,
      String(delivery.timesReceived),
      String(delivery.bytes),
      delivery.verdict,
      delivery.state === "quarantined" ? styled("red", delivery.state) : delivery.state,
      printable(delivery.reason ?? ""),
    ]),
  )
}
