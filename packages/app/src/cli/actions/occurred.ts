import type { PaymentEvent } from "@payfold/domain"

/** When it happened, as the report tells. */
export function occurredAt(event: PaymentEvent): string | undefined {
  switch (event._tag) {
    case "PaymentCreated":
      return event.createdAt
    case "PaymentPaid":
      return event.paidAt
    case "PaymentExpired":
      return event.expiredAt
    case "PaymentFailed":
      return event.failedAt
    case "PaymentRefunded":
      return event.refundedAt
    case "PaymentAwaiting":
    case "FactsWithdrawn":
      return undefined
  }
}

/** Whether one fact happened before another: by their instants, and where one has none by the way of every payment: created, awaited, ended. */
export function isBefore(one: PaymentEvent, other: PaymentEvent): boolean {
  if (one._tag === "FactsWithdrawn" || other._tag === "FactsWithdrawn") return false
  const [first, second] = [occurredAt(one), occurredAt(other)]
  return first === undefined || second === undefined ? STAGES[one._tag] < STAGES[other._tag] : first < second
}

const STAGES: Readonly<Record<Exclude<PaymentEvent["_tag"], "FactsWithdrawn">, number>> = {
  PaymentCreated: 0,
  PaymentAwaiting: 1,
  PaymentPaid: 2,
  PaymentExpired: 2,
  PaymentFailed: 2,
  PaymentRefunded: 3,
}
