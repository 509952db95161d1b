import { openReplay } from "@payfold/app/replay"
import { evolve, type PaymentState, toPayment, UNKNOWN_PAYMENT } from "@payfold/domain"

// What would the adapter that is installed now make of November's deliveries? Nothing is recorded: `payfold inbox retranslate` does that.
const replay = await openReplay({ file: process.argv[2] ?? "log.ndjson" })
const before = new Map<string, PaymentState>()
for await (const { id, state } of replay.payments()) before.set(id, state)
const after = new Map<string, PaymentState>()
const november = { since: "2026-11-01T00:00:00+09:00", before: "2026-12-01T00:00:00+09:00" }
for await (const delivery of replay.deliveries(november)) {
  for (const part of replay.translate(delivery)) {
    if (part._tag !== "Implied") continue
    const state = after.get(part.payment) ?? before.get(part.payment) ?? UNKNOWN_PAYMENT
    after.set(part.payment, part.events.reduce(evolve, state))
  }
}
for (const [id, state] of after) {
  const old = new Map<string, unknown>(Object.entries(toPayment(before.get(id) ?? UNKNOWN_PAYMENT)))
  for (const [field, value] of Object.entries(toPayment(state))) {
    const [was, is] = [old.get(field), value].map(one => JSON.stringify(one))
    if (was !== is) console.log(`${id} ${field}: ${was ?? "unknown"} → ${is}`)
  }
}
await replay.close()
