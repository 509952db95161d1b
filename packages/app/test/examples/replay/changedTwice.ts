import { openReplay } from "@payfold/app/replay"
import { fold, status } from "@payfold/domain"

// Which payments changed their status twice? After each delivery, not after each event: one body may say created, awaiting and paid at once.
const replay = await openReplay({ file: process.argv[2] ?? "log.ndjson" })
for await (const { id, events } of replay.payments()) {
  const statuses: Array<string> = []
  for (const [index, { deliveryId }] of events.entries()) {
    if (deliveryId !== null && deliveryId === events[index + 1]?.deliveryId) continue
    const now = status(fold(events.slice(0, index + 1).map(({ event }) => event)))
    if (now !== statuses.at(-1)) statuses.push(now)
  }
  if (statuses.length > 2) console.log(`${id}: ${statuses.join(" → ")}`)
}
await replay.close()
