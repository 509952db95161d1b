import type { Instant } from "../Instant.ts"
import { known } from "../known.ts"
import type { Money } from "../Money.ts"
import { type Leaves, methodLeaves } from "../PaymentMethod.ts"
import { compareText, type Fact, type Facts, MAXIMUM_CONTRADICTING_VALUES, smallest } from "./Fact.ts"
import { join } from "./join.ts"
import type { Adapter, Fees, PaymentEvent, RefundReport } from "./PaymentEvent.ts"
import { type PaymentState, type Seen, UNKNOWN_PAYMENT } from "./PaymentState.ts"

/** The state after one more event. Gives back `state` itself where the event says nothing new. */
export function evolve(state: PaymentState, event: PaymentEvent): PaymentState {
  return join(state, says(event))
}

/** What one event says by itself. A withdrawal says nothing: `fold` leaves out what it names. */
export function says(event: PaymentEvent): PaymentState {
  const { adapter } = event
  switch (event._tag) {
    case "PaymentCreated":
      return {
        ...saw({ created: true, authorised: event.authorised === true }),
        facts: facts(adapter, {
          chargeId: event.chargeId,
          ...(event.method === undefined ? {} : under("method", methodLeaves(event.method))),
          mode: event.mode,
          orderReference:
            event.orderReference === undefined
              ? undefined
              : { value: event.orderReference.value, reportedAt: event.orderReference.reportedAt ?? "" },
          provider: event.provider,
          requested: event.requested === undefined ? undefined : moneyText(event.requested),
        }),
        instants: known({ createdAt: event.createdAt }),
        disagreements: smallest(event.disagreements ?? [], MAXIMUM_CONTRADICTING_VALUES),
      }
    case "PaymentAwaiting":
      return {
        ...saw({ awaiting: true }),
        facts: facts(adapter, under("instructions", event.instructions)),
        deadline: event.deadline,
      }
    case "PaymentPaid":
      return {
        ...saw({ paid: true }),
        facts: event.fees === undefined ? {} : facts(adapter, feeLeaves(event.fees)),
        instants: known({ paidAt: event.paidAt }),
        received: event.received === undefined ? {} : { [event.received.currency]: event.received.amount },
      }
    case "PaymentExpired":
      return { ...saw({ expired: true }), instants: known({ expiredAt: event.expiredAt }) }
    case "PaymentFailed":
      return {
        ...saw({ failed: true, mayBeExpired: event.mayBeExpiry === true && event.cause?.category === undefined }),
        facts: event.cause === undefined ? {} : facts(adapter, under("failure", event.cause)),
        instants: known({ failedAt: event.failedAt }),
      }
    case "PaymentRefunded":
      return { ...UNKNOWN_PAYMENT, ...refundedBy(event.refund), instants: known({ refundedAt: event.refundedAt }) }
    case "FactsWithdrawn":
      return UNKNOWN_PAYMENT
  }
}

function saw(seen: Partial<Seen>): PaymentState {
  return { ...UNKNOWN_PAYMENT, seen: { ...UNKNOWN_PAYMENT.seen, ...seen } }
}

function refundedBy(refund: RefundReport): Partial<PaymentState> {
  switch (refund._tag) {
    case "Refund":
      return { refunds: { [`${refund.currency} ${refund.id}`]: refund.amount } }
    case "Chargeback":
      return { chargebacks: { [`${refund.currency} ${refund.id}`]: refund.amount } }
    case "ChargebackReversal":
      return { chargebackReversals: { [`${refund.currency} ${refund.id}`]: refund.amount } }
    case "Total":
      return { refundedTotal: { [refund.currency]: refund.amount } }
  }
}

type Said = Leaves[string] | { readonly value: string; readonly reportedAt: Instant | "" } | undefined

function facts(adapter: Adapter, said: Readonly<Record<string, Said>>): Facts {
  const all: Record<string, Fact> = {}
  for (const name of Object.keys(said).sort(compareText)) {
    const leaf = said[name]
    if (leaf === undefined) continue
    all[name] =
      typeof leaf === "object"
        ? { adapterVersion: adapter.version, reportedAt: leaf.reportedAt, values: [leaf.value] }
        : { adapterVersion: adapter.version, reportedAt: "", values: [leaf] }
  }
  return all
}

function under(field: string, leaves: Leaves): Leaves {
  const named: Record<string, Leaves[string]> = {}
  for (const name in leaves) {
    const leaf = leaves[name]
    if (leaf !== undefined) named[`${field}.${name}`] = leaf
  }
  return named
}

/** Fees are told in a currency of their own, so each is one leaf with it: yen beside satang would be no conflict otherwise. */
function feeLeaves({ currency, ...fees }: Fees): Leaves {
  const leaves: Record<string, string> = {}
  // TypeScript does not follow that a loop over names gives the names.
  for (const name in fees) leaves[`fees.${name}`] = `${fees[name as keyof typeof fees]} ${currency}`
  return leaves
}

/** An amount and its currency are one leaf: neither means anything alone. */
function moneyText(money: Money): string {
  return `${money.amount} ${money.currency}`
}
