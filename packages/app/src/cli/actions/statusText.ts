import type { MerchantStatus } from "../../replay/readStatus.ts"
import { counted, styled } from "../print.ts"
import { printable, table } from "../table.ts"

/** Where everything stands, for people: the logs with what waits, the views, then what somebody should do. */
export function statusText(merchants: ReadonlyArray<MerchantStatus>): string {
  const logs = table(
    [
      ...["merchant", { right: "events" }, "last recorded", { right: "waiting" }, { right: "unverified" }],
      ...[{ right: "quarantined" }, { right: "reactions" }, { right: "parked" }],
    ],
    merchants.map(merchant => [
      printable(merchant.merchant),
      String(merchant.position),
      merchant.recordedAt ?? "nothing yet",
      String(merchant.waiting),
      String(merchant.unverified),
      alarming(merchant.quarantined),
      String(merchant.reactionsWaiting),
      alarming(merchant.reactionsParked),
    ]),
  )
  const views = merchants.flatMap(merchant => merchant.views.map(view => viewCells(merchant, view)))
  const advice = merchants.flatMap(adviceFor)
  return [
    logs,
    "",
    views.length === 0
      ? "No views yet: they are made when the first delivery is recorded."
      : table(["merchant", "view", "version", { right: "position" }, { right: "behind" }, ""], views),
    ...(advice.length === 0 ? [] : ["", ...advice.map(line => `${styled("yellow", "!")} ${line}`)]),
  ].join("\n")
}

/** One line a view, with its merchant's numbers before it; one line a merchant that has no view. */
export function statusCells(merchants: ReadonlyArray<MerchantStatus>): ReadonlyArray<ReadonlyArray<string>> {
  return merchants.flatMap(merchant => {
    const { position, recordedAt, waiting, unverified, quarantined, reactionsWaiting, reactionsParked } = merchant
    const counts = [position, waiting, unverified, quarantined, reactionsWaiting, reactionsParked].map(String)
    const views = merchant.views.length === 0 ? [[]] : merchant.views.map(view => viewCells(merchant, view).slice(1))
    return views.map(view => [printable(merchant.merchant), recordedAt ?? "", ...counts, ...view])
  })
}

type View = MerchantStatus["views"][number]

function viewCells(merchant: MerchantStatus, view: View): ReadonlyArray<string> {
  const behind = merchant.position - view.position
  return [
    printable(merchant.merchant),
    view.projection,
    `${view.version}.${view.derivationVersion}`,
    String(view.position),
    behind === 0 ? "0" : styled("yellow", String(behind)),
    view.rebuildNeeded === null ? (STATES[view.state] ?? view.state) : styled("red", "rebuild needed"),
  ]
}

const STATES: Readonly<Record<string, string>> = {
  live: "",
  kept: "kept from before the last rebuild",
  building: "a rebuild that has not ended",
}

function alarming(count: number): string {
  return count === 0 ? "0" : styled("red", String(count))
}

function adviceFor({ merchant, quarantined, reactionsParked, views }: MerchantStatus): ReadonlyArray<string> {
  const of = merchant === "default" ? "" : ` --merchant ${merchant}`
  return [
    ...(quarantined === 0
      ? []
      : [`${counted(quarantined, "delivery", "deliveries")} could not be read: payfold inbox --quarantined${of}`]),
    ...(reactionsParked === 0
      ? []
      : [`${counted(reactionsParked, "reaction was", "reactions were")} given up on: payfold reactions${of}`]),
    ...views.flatMap(({ rebuildNeeded }) => (rebuildNeeded === null ? [] : [printable(rebuildNeeded)])),
  ]
}
