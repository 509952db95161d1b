import { openReplay } from "@payfold/app/replay"
import { formatMoney, type Money } from "@payfold/domain"

// Monthly totals straight from the log. Of payments, not of events: two reports of one payment are not twice the money.
const replay = await openReplay({ file: process.argv[2] ?? "log.ndjson" })
const { timeZone } = replay.merchant
const month = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit" })
const totals = new Map<string, Money>()
for await (const { payment, events } of replay.payments()) {
  const { received, mode } = payment
  const told = events.find(({ event }) => event._tag === "PaymentPaid")?.recordedAt
  const instant = payment.paidAt ?? told
  if (mode !== "live" || received === undefined || instant === undefined) continue
  const bucket = `${month.format(new Date(instant))} ${received.currency}`
  totals.set(bucket, { ...received, amount: (totals.get(bucket)?.amount ?? 0) + received.amount })
}
for (const bucket of [...totals.keys()].sort()) {
  const total = totals.get(bucket)
  if (total !== undefined) console.log(`${bucket}\t${formatMoney(total)}`)
}
await replay.close()
