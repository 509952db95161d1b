import type { PaymentEvent } from "@payfold/domain"
import {
  awaitingEvent,
  createdEvent,
  expiredEvent,
  minute,
  money,
  paidEvent,
  refundedEvent,
  streams,
  withdrawnEvent,
} from "@payfold/domain/testing"
import { Effect } from "effect"
import fc from "fast-check"
import { toNewEvent } from "../../src/inbox/drain.ts"
import { EventLog, type PaymentAppend } from "../../src/log/EventLog.ts"
import type { Chance } from "../laws/Chance.ts"

/** Some payments and all that is ever reported of each, withdrawals among it. */
export type Books = ReadonlyArray<{ readonly payment: string; readonly events: ReadonlyArray<PaymentEvent> }>

/** Books of so many payments, from a seed; ids sort otherwise than they were made. */
export function drawBooks(count: number, seed: number): Books {
  return [...PLOTS, ...fc.sample(streams, { numRuns: count, seed })]
    .map((events, index) => ({ payment: `example:c${(index * 7919) % (count + PLOTS.length)}`, events }))
    .filter(({ events }) => events.length > 0)
}

/** What a view must be able to follow and chance meets too seldom. */
const PLOTS: ReadonlyArray<ReadonlyArray<PaymentEvent>> = [
  // The merchant names another order at the provider.
  [
    createdEvent({ mode: "live", orderReference: { value: "order-a", reportedAt: minute(1) } }),
    paidEvent({ received: money(100, "JPY") }),
    createdEvent({ mode: "live", orderReference: { value: "order-b", reportedAt: minute(2) } }),
  ],
  // The same order once more; the day of payment and the method are learned late.
  [
    createdEvent({ mode: "live", orderReference: { value: "order-b" }, requested: money(50, "JPY") }),
    paidEvent({ received: money(50, "JPY") }),
    paidEvent({ received: money(50, "JPY"), paidAt: minute(3) }),
    createdEvent({ mode: "live", method: { _tag: "Konbini", store: "lawson" } }),
  ],
  // Paid after its end, and more than was asked for; then all of it is taken back.
  [
    createdEvent({ mode: "live", requested: money(70, "JPY") }),
    awaitingEvent({ deadline: minute(1) }),
    expiredEvent(),
    paidEvent({ received: money(90, "JPY"), paidAt: minute(2) }),
    withdrawnEvent(3, 4),
  ],
  // Waits for its payer, and is paid.
  [
    createdEvent({ mode: "live", requested: money(60, "JPY") }),
    awaitingEvent({ deadline: minute(5) }),
    createdEvent({ mode: "live", method: { _tag: "Konbini" } }),
    awaitingEvent({ deadline: minute(6) }),
    paidEvent({ received: money(60, "JPY"), paidAt: minute(5) }),
  ],
  // Given back in parts, one of them disputed and won.
  [
    paidEvent({ received: money(80, "THB"), paidAt: minute(4) }),
    refundedEvent(30, "THB", "r1"),
    refundedEvent(50, "THB", "r2", "Chargeback"),
    refundedEvent(50, "THB", "r2", "ChargebackReversal"),
  ],
]

/** One append of a few events of one payment. */
interface Step {
  readonly payment: string
  readonly events: ReadonlyArray<PaymentEvent>
}

/** The books cut into appends, those of different payments mixed, those of one payment in their order. */
export function toSteps(books: Books, chance: Chance): ReadonlyArray<Step> {
  const left = books.map(({ payment, events }) => ({ payment, events: [...events] }))
  const steps: Array<Step> = []
  while (left.length > 0) {
    const at = chance.below(left.length)
    const book = left[at]
    if (book === undefined) break
    steps.push({ payment: book.payment, events: book.events.splice(0, 1 + chance.below(3)) })
    if (book.events.length === 0) {
      const last = left.pop()
      if (last !== undefined && at < left.length) left[at] = last
    }
  }
  return steps
}

/** The books event by event, one of each payment in turn: no two events of a payment come together. */
export function oneByOne(books: Books): ReadonlyArray<Step> {
  const longest = Math.max(0, ...books.map(({ events }) => events.length))
  return Array.from({ length: longest }, (_, index) => index).flatMap(index =>
    books.flatMap(({ payment, events }) => {
      const event = events[index]
      return event === undefined ? [] : [{ payment, events: [event] }]
    }),
  )
}

/** Records steps, up to `together` in one append where they are of different payments. */
export const recordSteps = Effect.fnUntraced(function* (steps: ReadonlyArray<Step>, together: number) {
  const log = yield* EventLog
  let payments: Array<PaymentAppend> = []
  for (const [index, { payment, events }] of steps.entries()) {
    payments.push({ payment, expected: "Any", events: events.map(event => toNewEvent(event, index + 1)) })
    const next = steps[index + 1]
    const isFull = payments.length >= together || payments.some(one => one.payment === next?.payment)
    if (!isFull && next !== undefined) continue
    yield* log.append({ payments })
    payments = []
  }
})
