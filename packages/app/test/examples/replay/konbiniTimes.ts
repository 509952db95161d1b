import { openReplay } from "@payfold/app/replay"

// How long do people take to pay by konbini? Where the provider does not say when they paid, until we were told.
const HOURS = [1, 6, 12, 24, 48, 72, Number.POSITIVE_INFINITY]
const replay = await openReplay({ file: process.argv[2] ?? "log.ndjson" })
const counts = HOURS.map(() => 0)
for await (const { payment, events } of replay.payments()) {
  // `CounterCash` is what a provider says that does not tell konbini from Pay-easy.
  if (!["Konbini", "CounterCash"].includes(payment.method?._tag ?? "")) continue
  const told = events.find(({ event }) => event._tag === "PaymentPaid")?.recordedAt
  const [from, to] = [payment.createdAt, payment.paidAt ?? told]
  if (from === undefined || to === undefined) continue
  const bucket = HOURS.findIndex(hours => Date.parse(to) - Date.parse(from) < hours * 3_600_000)
  counts[bucket] = (counts[bucket] ?? 0) + 1
}
const most = Math.max(1, ...counts)
for (const [index, count] of counts.entries()) {
  const label = HOURS[index] === Number.POSITIVE_INFINITY ? "longer" : `< ${HOURS[index]} h`
  console.log(`${label.padStart(7)}  ${"█".repeat(Math.round((40 * count) / most))} ${count}`)
}
await replay.close()
