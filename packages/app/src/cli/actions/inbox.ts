import { Effect } from "effect"
import { type ListedDelivery, listDeliveries } from "../../inbox/listDeliveries.ts"
import { printJson, printNote, styled } from "../print.ts"
import { type Heading, printable, printTable } from "../table.ts"
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
        else if (page.length > 0) printTable(DELIVERY_HEADINGS, page.map(deliveryCells))
        isEmpty &&= page.length === 0
        after = page.at(-1)?.deliveryId
      }
      if (isEmpty && !json) printNote(quarantined ? "Nothing is quarantined" : "The inbox is empty")
    }),
  )
})

export const DELIVERY_HEADINGS: ReadonlyArray<Heading> = [
  ...[{ right: "delivery" }, "provider", "received", { right: "times" }, { right: "bytes" }],
  ...["verdict", "state", "reason"],
]

/** A delivery as a row. */
export function deliveryCells(delivery: ListedDelivery): ReadonlyArray<string> {
  return [
    String(delivery.deliveryId),
    delivery.provider,
    delivery.receivedAt,
    String(delivery.timesReceived),
    String(delivery.bytes),
    delivery.verdict,
    delivery.state === "quarantined" ? styled("red", delivery.state) : delivery.state,
    printable(delivery.reason ?? ""),
  ]
}
