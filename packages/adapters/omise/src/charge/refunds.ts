import { type EventOf, known, toMoney, type Unreadable } from "@payfold/domain"
import { type Place, unreadable } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { REPORTED } from "../adapter.ts"
import type { Charge } from "../wire/Charge.ts"
import { Dispute } from "../wire/Dispute.ts"
import { moment } from "../wire/moment.ts"
import { Refund } from "../wire/Refund.ts"
import { received } from "./received.ts"

type Refunded = EventOf<"PaymentRefunded">

/** `undefined`: nothing that is ours to book. */
type Reading = Result.Result<Refunded | undefined, Unreadable>

const decodeRefund = Schema.decodeUnknownResult(Refund)
const decodeDispute = Schema.decodeUnknownResult(Dispute)

/** Money that went back as the charge tells it: each refund by its id, the total so far, a dispute that was lost. */
export function refundsInside(charge: Charge, isSuccessful: boolean, place: Place = []): ReadonlyArray<Reading> {
  const listed = (charge.refunds?.data ?? []).map((refund, index) =>
    readRefundInside(refund, charge.currency, [...place, "refunds", "data", index]),
  )
  const booked = listed.flatMap(reading => Result.getOrUndefined(reading) ?? [])
  return [
    ...listed,
    Result.succeed(totalEvent(charge, booked, isSuccessful)),
    ...(isObject(charge.dispute) ? [readDisputeInside(charge.dispute, charge.currency, [...place, "dispute"])] : []),
  ]
}

/** One refund as an event; a void is a refund. */
export function refundEvent(refund: Refund): Refunded | undefined {
  const money = toMoney(refund.amount, refund.currency)
  // No event follows a refund that is pending, and the charge's total counts it: it is booked from the start.
  if (money === undefined || !isBooked(refund)) return undefined
  return refunded({ _tag: "Refund", id: refund.id, ...money }, refund.created_at ?? refund.created)
}

/** A refund in a status that is not published is not ours to book. */
export function isBooked({ status }: Refund): boolean {
  return status === undefined || status === "pending" || status === "closed"
}

/** A dispute is a chargeback once it is lost. */
export function chargebackEvent(dispute: Dispute): Refunded | undefined {
  const money = toMoney(dispute.amount, dispute.currency)
  if (money === undefined || dispute.status !== "lost") return undefined
  return refunded({ _tag: "Chargeback", id: dispute.id, ...money }, dispute.closed_at)
}

function readRefundInside(refund: unknown, currency: string, place: Place): Reading {
  // Where the request did not expand it there is only its id; the charge's total says what it amounts to.
  if (typeof refund === "string") return Result.succeed(undefined)
  const whole = withCurrency(refund, currency)
  return Result.match(decodeRefund(whole), {
    onSuccess: refund => Result.succeed(refundEvent(refund)),
    onFailure: error => Result.fail(unreadable("a refund inside a charge", place, error, refund)),
  })
}

function readDisputeInside(dispute: unknown, currency: string, place: Place): Reading {
  return Result.match(decodeDispute(withCurrency(dispute, currency)), {
    onSuccess: dispute => Result.succeed(chargebackEvent(dispute)),
    onFailure: error => Result.fail(unreadable("a dispute inside a charge", place, error, dispute)),
  })
}

/**
 * The sum refunded so far, where the refunds listed do not explain it: a list is cut off after its first page, and old shapes have none. A
 * void without a refund object gave back everything received.
 */
function totalEvent(charge: Charge, booked: ReadonlyArray<Refunded>, isSuccessful: boolean): Refunded | undefined {
  const told = charge.refunded_amount ?? charge.refunded ?? 0
  const isListed = booked.length > 0 || (told > 0 && (charge.refunds?.data ?? []).length > 0)
  const isBareVoid = charge.voided === true && isSuccessful && !isListed
  const total = toMoney(Math.max(told, isBareVoid ? (received(charge)?.amount ?? 0) : 0), charge.currency)
  const explained = booked.reduce(
    (sum, { refund }) => sum + (refund.currency === total?.currency ? refund.amount : 0),
    0,
  )
  return total === undefined || total.amount <= explained ? undefined : refunded({ _tag: "Total", ...total }, undefined)
}

function refunded(refund: Refunded["refund"], at: string | undefined): Refunded {
  return { ...REPORTED, _tag: "PaymentRefunded", refund, ...known({ refundedAt: moment(at) }) }
}

/** What is refunded of a charge is in the charge's currency unless it says otherwise. */
function withCurrency(part: unknown, currency: string): unknown {
  return isObject(part) && !Object.hasOwn(part, "currency") ? { ...part, currency } : part
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null
}
