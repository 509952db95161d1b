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
  const open = new Map<string, OpenPayment>()
  for (const { deliveryId, parts } of deliveries) {
    for (const part of parts) {
      if (part._tag !== "Implied") continue
      const payment = open.get(part.payment) ?? openPayment(streams.get(part.payment) ?? [])
      open.set(part.payment, payment)
      // Most payments are spoken of once: their state after it is nobody's to know.
      payment.state = payment.unseen.reduce(evolve, payment.state)
      payment.unseen = decide(payment.state, part.events)
      for (const event of payment.unseen) payment.news.push({ deliveryId, event })
    }
  }
  return [...open].flatMap(([payment, { expected, news }]) => (news.length === 0 ? [] : [{ payment, expected, news }]))
}

interface OpenPayment {
  readonly expected: number
  readonly news: Array<News>
  state: PaymentState
  /** News that `state` does not hold yet. */
  unseen: ReadonlyArray<PaymentEvent>
}

function openPayment(stream: PaymentStream): OpenPayment {
  return { expected: stream.length, news: [], state: fold(eventsOf(stream)), unseen: [] }
}
