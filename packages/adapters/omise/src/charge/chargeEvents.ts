import { type EventOf, known, type PaymentEvent, toMoney, type Unreadable } from "@payfold/domain"
import { named, orderReference } from "@payfold/domain/adapter"
import { Result } from "effect"
import { REPORTED } from "../adapter.ts"
import type { Context } from "../Context.ts"
import { modeDisagreement, modeOf } from "../mode.ts"
import type { Charge } from "../wire/Charge.ts"
import { moment } from "../wire/moment.ts"
import { HIDDEN } from "../wire/Text.ts"
import { failureCause, failureWords } from "./failureCause.ts"
import { deadlineOf, instructionsOf, payerDeadline } from "./instructions.ts"
import { isCard, methodOf, rowOf } from "./method.ts"
import type { Outcome } from "./outcome.ts"
import { received } from "./received.ts"
import { refundsInside } from "./refunds.ts"

/** What a charge implies, and the objects inside it that ought to say something and cannot be read. */
export interface ChargeReading {
  readonly events: ReadonlyArray<PaymentEvent>
  readonly unreadable: ReadonlyArray<Unreadable>
}

/** Everything one charge implies, oldest fact first: a successful charge was created, and waited, before it was paid. */
export function chargeEvents(charge: Charge, outcome: Outcome, context: Context): ChargeReading {
  const refunds = refundsInside(charge, outcome._tag === "successful", context.place)
  const events: ReadonlyArray<PaymentEvent | undefined> = [
    created(charge, outcome, context),
    awaiting(charge, outcome),
    ended(charge, outcome),
    ...refunds.map(Result.getOrUndefined),
  ]
  return {
    events: events.filter(event => event !== undefined),
    unreadable: refunds.flatMap(reading => (Result.isFailure(reading) ? [reading.failure] : [])),
  }
}

function created(charge: Charge, outcome: Outcome, { settings, reportedAt }: Context): EventOf<"PaymentCreated"> {
  const [first, ...others] = disagreements(charge, outcome)
  return {
    ...REPORTED,
    _tag: "PaymentCreated",
    provider: REPORTED.adapter.name,
    chargeId: charge.id,
    ...known({
      mode: modeOf(charge.livemode, charge.id),
      requested: toMoney(charge.amount, charge.currency),
      method: methodOf(charge),
      orderReference: orderReference(charge.metadata, settings, reportedAt, text => text === HIDDEN),
      createdAt: moment(charge.created_at ?? charge.created),
      authorised: hasAuthorised(charge, outcome) ? (true as const) : undefined,
      disagreements: first === undefined ? undefined : ([first, ...others] as const),
    }),
  }
}

/** What does not fit in this report, for people. Source of the rule on flags: seed 000, "Payment status" (read 2026-11-20). */
function disagreements(charge: Charge, outcome: Outcome): ReadonlyArray<string> {
  const { authorized, paid } = charge
  const mode = modeDisagreement(charge.livemode, charge.id)
  const mustAgree = rowOf(charge)?.word === "econtext" && authorized !== undefined && paid !== undefined
  return [
    ...(mustAgree && authorized !== paid
      ? [`authorized is ${authorized} and paid is ${paid}; for econtext the two never differ`]
      : []),
    ...(mode === undefined ? [] : [mode]),
    ...(outcome._tag === "unknown" ? [`the status ${named(outcome.word)} is not one that Omise publishes`] : []),
  ]
}

/** The payer has acted, and the merchant has not captured yet. */
function hasAuthorised(charge: Charge, outcome: Outcome): boolean {
  return outcome._tag === "pending" && charge.authorized === true
}

/** Something for the payer to do is, or was, known. A payer who has authorised has done it. */
function awaiting(charge: Charge, outcome: Outcome): EventOf<"PaymentAwaiting"> | undefined {
  if (hasAuthorised(charge, outcome)) return undefined
  const instructions = instructionsOf(charge)
  if (instructions === undefined && payerDeadline(charge) === undefined) return undefined
  return {
    ...REPORTED,
    _tag: "PaymentAwaiting",
    instructions: instructions ?? {},
    ...known({ deadline: deadlineOf(charge, outcome) }),
  }
}

function ended(charge: Charge, outcome: Outcome): PaymentEvent | undefined {
  switch (outcome._tag) {
    case "pending":
    case "unknown":
      return undefined
    case "successful":
      return paid(charge)
    case "expired":
      return { ...REPORTED, _tag: "PaymentExpired", ...known({ expiredAt: moment(charge.expired_at) }) }
    case "failed":
      return failed(charge)
    case "reversed":
      return {
        ...REPORTED,
        _tag: "PaymentFailed",
        cause: { category: "reversed", ...failureWords(charge) },
        ...known({ failedAt: moment(charge.reversed_at) }),
      }
  }
}

/** A time-out of anything but a card is the payer's, so it is an expiry; of a card it is the bank's. */
function failed(charge: Charge): PaymentEvent {
  if (charge.failure_code === "timeout" && !isCard(charge)) {
    // The moment of a planned expiry stands on failed charges too; it happened only where the flag says so.
    const expiredAt = charge.expired === true ? moment(charge.expired_at) : undefined
    return { ...REPORTED, _tag: "PaymentExpired", ...known({ expiredAt }) }
  }
  return { ...REPORTED, _tag: "PaymentFailed", ...known({ cause: failureCause(charge) }) }
}

function paid(charge: Charge): EventOf<"PaymentPaid"> {
  return {
    ...REPORTED,
    _tag: "PaymentPaid",
    ...known({ received: received(charge), paidAt: moment(charge.paid_at), fees: fees(charge) }),
  }
}

/** In the currency of settlement. Not of a charge that is captured in several steps: there each step changes them. */
function fees(charge: Charge): EventOf<"PaymentPaid">["fees"] {
  const told = known({
    fee: amountOrNothing(charge.fee),
    feeVat: amountOrNothing(charge.fee_vat),
    interest: amountOrNothing(charge.interest),
    interestVat: amountOrNothing(charge.interest_vat),
    net: amountOrNothing(charge.net),
  })
  if (charge.multi_capture === true || Object.keys(told).length === 0) return undefined
  const currency = toMoney(1, charge.funding_currency ?? charge.currency)?.currency
  return currency === undefined ? undefined : { currency, ...told }
}

/** JSON can write −0, which no store gives back as it was. */
function amountOrNothing(amount: number | undefined): number | undefined {
  return amount === 0 ? 0 : amount
}
