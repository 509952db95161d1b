import { Clock, Effect } from "effect"
import { DELIVERY_HEADINGS, deliveryCells } from "../cli/actions/inbox.ts"
import { eachPaymentPage, type ListedPayment } from "../cli/actions/paymentRows.ts"
import { PAYMENT_HEADINGS, paymentCells } from "../cli/actions/paymentsTable.ts"
import { readTimeline } from "../cli/actions/readTimeline.ts"
import { timelineText } from "../cli/actions/timelineText.ts"
import { merchantNamed } from "../cli/merchantNamed.ts"
import { printLine, styled } from "../cli/print.ts"
import { table } from "../cli/table.ts"
import { type Ingested, ingest } from "../inbox/ingest.ts"
import { listDeliveries } from "../inbox/listDeliveries.ts"
import { Database } from "../postgres/Database.ts"
import { migrate } from "../postgres/Migrate.ts"
import { payments } from "../projection/payments.ts"
import { rebuild } from "../replay/rebuild.ts"
import { DEMO_DELIVERIES } from "./deliveries.ts"

const MERCHANT = "default"

/** Runs in memory, so that every run starts clean and leaves nothing behind. */
const demo = Effect.gen(function* () {
  yield* migrate()
  heading("Deliveries, as they come in")
  for (const delivery of DEMO_DELIVERIES) {
    const body = { bytes: new TextEncoder().encode(delivery.body), source: delivery.says }
    for (const outcome of yield* ingest(MERCHANT, delivery.provider, [body]))
      printLine(outcomeText(delivery.provider, outcome))
  }
  const { timeZone } = yield* merchantNamed(MERCHANT)
  const now = new Date(yield* Clock.currentTimeMillis).toISOString()
  const rows: Array<ListedPayment> = []
  yield* eachPaymentPage(MERCHANT, {}, now, page => rows.push(...page))
  heading("Payments")
  printLine(
    table(
      PAYMENT_HEADINGS(timeZone),
      rows.map(row => paymentCells(row, timeZone)),
    ),
  )
  const late = rows.find(row => row.discrepancies.some(({ code }) => code === "paid-after-expired"))
  if (late === undefined) return yield* Effect.die(new Error("the late payment is missing from the view"))
  heading("One payment's timeline")
  const timeline = yield* readTimeline(MERCHANT, late.payment_id)
  printLine(timelineText(late.payment_id, timeline, { timeZone, now }))
  heading("Quarantine")
  const quarantined = yield* listDeliveries(MERCHANT, true, 0)
  printLine(table(DELIVERY_HEADINGS, quarantined.map(deliveryCells)))
  heading("Discrepancies")
  for (const row of rows) {
    for (const { code, message } of row.discrepancies)
      printLine(`  ${row.payment_id}  ${styled("yellow", code)}  ${message}`)
  }
  heading("Rebuilt from the log")
  const { differences, payments: count } = yield* rebuild(payments)
  const isEqual = differences.changed + differences.onlyAfter + differences.onlyBefore === 0
  printLine(
    `  ${count} payments: the rebuilt view ${isEqual ? styled("green", "equals") : styled("red", "differs from")} the live one`,
  )
  if (!isEqual) process.exitCode = 1
})

function heading(text: string): void {
  printLine(`\n${styled("bold", text)}`)
}

function outcomeText(provider: string, { source, state, reason, events, timesReceived }: Ingested): string {
  const news = events.map(event => event.type).join(", ")
  const known = timesReceived > 1 ? `known, received ${timesReceived} times` : "nothing new"
  const became = news !== "" ? news : state === "recorded" ? known : `${state}: ${reason ?? ""}`
  return `  ${provider.padEnd(9)} ${source.padEnd(50)} ${state === "quarantined" ? styled("red", became) : became}`
}

await Effect.runPromise(demo.pipe(Effect.provide(Database.layer({ _tag: "Memory" }))))
