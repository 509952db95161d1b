import { decide, evolve, fold, type Part, type PaymentEvent, type PaymentState } from "@payfold/domain"
import { eventsOf, type PaymentStream } from "../log/paymentStreams.ts"

/** A delivery, translated. */
export interface TranslatedDelivery {
  readonly deliveryId: number
  readonly parts: ReadonlyArray<Part>
}

/** An event that a delivery taught. */
export interface News {
  readonly deliveryId: number
  readonly event: PaymentEvent
}

/** What is news for one payment, and the version of its stream that this was decided on. */
export interface PaymentNews {
  readonly payment: string
  readonly expected: number
  readonly news: ReadonlyArray<News>
}

/** Every payment that the deliveries speak of. */
export function paymentsOf(deliveries: ReadonlyArray<TranslatedDelivery>): ReadonlyArray<string> {
  const payments = deliveries.flatMap(({ parts }) =>
    parts.flatMap(part => (part._tag === "Implied" ? [part.payment] : [])),
  )
  return [...new Set(payments)]
}

/** Decides delivery by delivery, each on what the ones before it left, and gives what is news by payment. */
export function decideDeliveries(
  deliveries: ReadonlyArray<TranslatedDelivery>,
  streams: ReadonlyMap<string, PaymentStream>,
): ReadonlyArray<PaymentNews> {
  const open = new Map<string, { state: PaymentState; readonly expected: number; readonly news: Array<News> }>()
  for (const { deliveryId, parts } of deliveries) {
    for (const part of parts) {
      if (part._tag !== "Implied") continue
      const stream = streams.get(part.payment) ?? []
      const payment = open.get(part.payment) ?? { state: fold(eventsOf(stream)), expected: stream.length, news: [] }
      open.set(part.payment, payment)
      const events = decide(payment.state, part.events)
      payment.state = events.reduce(evolve, payment.state)
      payment.news.push(...events.map(event => ({ deliveryId, event })))
    }
  }
  return [...open].flatMap(([payment, { expected, news }]) => (news.length === 0 ? [] : [{ payment, expected, news }]))
}
