import { Effect } from "effect"
import { EventLog } from "../src/App.ts"
import { newPayment, paymentsOfEvents, wholeLife } from "./books.ts"
import type { OpenBench } from "./openBench.ts"

/** Payments in one append of the log's filling: as many events as one append may hold. */
const TOGETHER = 2_000

/** Appends whole lives of payments until the log has about so many events, through the log's own append in large batches. Gives how many payments there are. */
export async function growLog(ours: OpenBench, events: number, from = 0): Promise<number> {
  const until = paymentsOfEvents(events)
  for (let first = from; first < until; first += TOGETHER) {
    const count = Math.min(TOGETHER, until - first)
    const payments = Array.from({ length: count }, (_, index) => newPayment(first + index, wholeLife(first + index)))
    await ours.run(Effect.flatMap(EventLog, log => log.append({ payments })))
  }
  return Math.max(from, until)
}
