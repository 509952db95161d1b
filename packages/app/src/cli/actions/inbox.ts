import { Effect } from "effect"
import { type ListedDelivery, listDeliveries } from "../../inbox/listDeliveries.ts"
import { printJson, printLine, styled } from "../print.ts"
import { printable, table } from "../table.ts"
import { withDatabase } from "../withDatabase.ts"

interface Flags {
  readonly quarantined: boolean
  readonly merchant: string
  readonly json: boolean
}

export const inboxAction = Effect.fn("inbox")(function* ({ quarantined, merchant, json }: Flags) {
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
})

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
