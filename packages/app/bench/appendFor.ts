import { Effect } from "effect"
import { EventLog } from "../src/App.ts"
import { newPayment, twoEvents } from "./books.ts"
import type { OpenBench } from "./openBench.ts"

/** Appends new payments with two events each for so many seconds, `writers` at once; the rate of appends, and the first payment not used. */
export async function appendFor(
  ours: OpenBench,
  writers: number,
  seconds: number,
  from: number,
): Promise<{ readonly rate: number; readonly next: number }> {
  const beganMs = performance.now()
  const endMs = beganMs + seconds * 1000
  let next = from
  const writer = Effect.gen(function* () {
    const log = yield* EventLog
    while (performance.now() < endMs) {
      const index = next++
      yield* log.append({ payments: [newPayment(index, twoEvents(index))] })
    }
  })
  await ours.run(
    Effect.all(
      Array.from({ length: writers }, () => writer),
      { concurrency: "unbounded", discard: true },
    ),
  )
  return { rate: ((next - from) * 1000) / (performance.now() - beganMs), next }
}
