import { openReplay } from "@payfold/app/replay"
import { formatMoney } from "@payfold/domain"

// What did we know on the evening of the 1st? Not what is true of that evening: what had reached us by then.
const replay = await openReplay({ file: process.argv[2] ?? "log.ndjson" })
for await (const { id, payment } of replay.payments({ asOf: "2026-11-01T18:00:00+09:00" })) {
  const asked = payment.requested === undefined ? "" : formatMoney(payment.requested)
  console.log([id, payment.status, asked, payment.deadline ?? ""].join("\t"))
}
await replay.close()
