import type { Instant } from "../Instant.ts"
import { known } from "../known.ts"
import type { Money } from "../Money.ts"
import { type Leaves, methodLeaves } from "../PaymentMethod.ts"
import { FAILURE, FEES, INSTRUCTIONS, METHOD } from "./compoundFields.ts"
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
      return stateOf({
        seen: saw({ created: true, authorised: event.authorised === true }),
        facts: facts(adapter, {
          chargeId: event.chargeId,
          ...(event.method === undefined ? {} : METHOD.named(methodLeaves(event.method))),
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
      })
    case "PaymentAwaiting":
      return stateOf({
        seen: saw({ awaiting: true }),
        facts: facts(adapter, INSTRUCTIONS.named(event.instructions)),
        deadline: event.deadline,
      })
    case "PaymentPaid":
      return stateOf({
        seen: saw({ paid: true }),
        facts: event.fees === undefined ? {} : facts(adapter, feeLeaves(event.fees)),
        instants: known({ paidAt: event.paidAt }),
        received: event.received === undefined ? {} : { [event.received.currency]: event.received.amount },
      })
    case "PaymentExpired":
      return stateOf({ seen: saw({ expired: true }), instants: known({ expiredAt: event.expiredAt }) })
    case "PaymentFailed":
      return stateOf({
        seen: saw({ failed: true, mayBeExpired: event.mayBeExpiry === true && event.cause?.category === undefined }),
        facts: event.cause === undefined ? {} : facts(adapter, FAILURE.named(event.cause)),
        instants: known({ failedAt: event.failedAt }),
      })
    case "PaymentRefunded":
      return stateOf({ ...refundedBy(event.refund), instants: known({ refundedAt: event.refundedAt }) })
    case "FactsWithdrawn":
      return UNKNOWN_PAYMENT
  }
}

/** What is told, and nothing else known. Field by field, so that all states are of one shape to the engine; with spreads a fold took half as long again (measured). */
function stateOf(told: Partial<PaymentState>): PaymentState {
  return {
    seen: told.seen ?? UNKNOWN_PAYMENT.seen,
    facts: told.facts ?? UNKNOWN_PAYMENT.facts,
    instants: told.instants ?? UNKNOWN_PAYMENT.instants,
    deadline: told.deadline,
    received: told.received ?? UNKNOWN_PAYMENT.received,
    refunds: told.refunds ?? UNKNOWN_PAYMENT.refunds,
    chargebacks: told.chargebacks ?? UNKNOWN_PAYMENT.chargebacks,
    chargebackReversals: told.chargebackReversals ?? UNKNOWN_PAYMENT.chargebackReversals,
    refundedTotal: told.refundedTotal ?? UNKNOWN_PAYMENT.refundedTotal,
    disagreements: told.disagreements ?? UNKNOWN_PAYMENT.disagreements,
  }
}

function saw(seen: Partial<Seen>): Seen {
  return {
    created: seen.created === true,
    awaiting: seen.awaiting === true,
    authorised: seen.authorised === true,
    paid: seen.paid === true,
    expired: seen.expired === true,
    failed: seen.failed === true,
    mayBeExpired: seen.mayBeExpired === true,
  }
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
  for (const name of inOrder(Object.keys(said))) {
    const leaf = said[name]
    if (leaf === undefined) continue
    const isDated = typeof leaf === "object"
    all[name] = {
      adapterVersion: adapter.version,
      reportedAt: isDated ? leaf.reportedAt : "",
      values: [isDated ? leaf.value : leaf],
    }
  }
  return all
}

/** Mostly they are: to sort them all the same was a tenth of a fold (measured). */
function inOrder(names: Array<string>): ReadonlyArray<string> {
  const isInOrder = names.every((name, index) => index === 0 || compareText(names[index - 1] ?? "", name) < 0)
  return isInOrder ? names : names.sort(compareText)
}

/** Fees are told in a currency of their own, so each is one leaf with it: yen beside satang would be no conflict otherwise. */
function feeLeaves({ currency, ...fees }: Fees): Leaves {
  const leaves: Record<string, string> = {}
  // TypeScript does not follow that a loop over names gives the names.
  for (const name in fees) leaves[name] = `${fees[name as keyof typeof fees]} ${currency}`
  return FEES.named(leaves)
}

/** An amount and its currency are one leaf: neither means anything alone. */
function moneyText(money: Money): string {
  return `${money.amount} ${money.currency}`
}
