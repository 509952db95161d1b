import type { EventOf, PaymentEvent, RefundReport } from "../src/payment/PaymentEvent.ts"
import { money } from "./generators/money.ts"

/** What distinguishes an event of one case; version 1 of an adapter named `example` reports it unless `adapterVersion` says otherwise. */
type Said<Tag extends PaymentEvent["_tag"]> = Partial<Omit<EventOf<Tag>, "_tag" | "schemaVersion" | "adapter">> & {
  readonly adapterVersion?: number
}

function reported(adapterVersion = 1) {
  return { schemaVersion: 1, adapter: { name: "example", version: adapterVersion } } as const
}

export function createdEvent({ adapterVersion, ...said }: Said<"PaymentCreated"> = {}): EventOf<"PaymentCreated"> {
  return { _tag: "PaymentCreated", ...reported(adapterVersion), provider: "example", chargeId: "c1", ...said }
}

export function awaitingEvent({ adapterVersion, ...said }: Said<"PaymentAwaiting"> = {}): EventOf<"PaymentAwaiting"> {
  return { _tag: "PaymentAwaiting", ...reported(adapterVersion), instructions: {}, ...said }
}

export function paidEvent({ adapterVersion, ...said }: Said<"PaymentPaid"> = {}): EventOf<"PaymentPaid"> {
  return { _tag: "PaymentPaid", ...reported(adapterVersion), ...said }
}

export function expiredEvent({ adapterVersion, ...said }: Said<"PaymentExpired"> = {}): EventOf<"PaymentExpired"> {
  return { _tag: "PaymentExpired", ...reported(adapterVersion), ...said }
}

export function failedEvent({ adapterVersion, ...said }: Said<"PaymentFailed"> = {}): EventOf<"PaymentFailed"> {
  return { _tag: "PaymentFailed", ...reported(adapterVersion), ...said }
}

/** One refund, chargeback or reversal by its id. */
export function refundedEvent(
  amount: number,
  currency = "JPY",
  id = "r1",
  kind: Exclude<RefundReport["_tag"], "Total"> = "Refund",
): EventOf<"PaymentRefunded"> {
  return { _tag: "PaymentRefunded", ...reported(), refund: { _tag: kind, id, ...money(amount, currency) } }
}

/** The total refunded so far. */
export function refundedTotalEvent(amount: number, currency = "JPY"): EventOf<"PaymentRefunded"> {
  return { _tag: "PaymentRefunded", ...reported(), refund: { _tag: "Total", ...money(amount, currency) } }
}

export function withdrawnEvent(first: number, ...rest: ReadonlyArray<number>): EventOf<"FactsWithdrawn"> {
  const why = { reason: "a mistake", withdrawnBy: "an operator" }
  return { _tag: "FactsWithdrawn", ...reported(), versions: [first, ...rest], ...why }
}
