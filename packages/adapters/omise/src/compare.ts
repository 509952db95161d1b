import { type EventOf, toMoney } from "@payfold/domain"
import { WireWholeNumber } from "@payfold/domain/adapter"
import { Result, Schema } from "effect"
import { outcomeOf } from "./charge/outcome.ts"
import { received } from "./charge/received.ts"
import { chargebackEvent, refundEvent, refundsInside } from "./charge/refunds.ts"
import { modeOf } from "./mode.ts"
import { Charge } from "./wire/Charge.ts"
import { Dispute } from "./wire/Dispute.ts"
import { chargeNamedBy, field, kind } from "./wire/kind.ts"
import { Refund } from "./wire/Refund.ts"

const FIELDS = ["id", "status", "amount", "currency", "mode", "captured", "refunded", "disputed"] as const

/**
 * What a delivery said otherwise than the charge says now; `unreadable` is a delivery that says nothing certain. Of an honest delivery
 * only `status`, `captured`, `refunded` and `disputed` may differ, because they have moved on since.
 */
export type Difference = "unreadable" | (typeof FIELDS)[number]

type Sameness = Readonly<Partial<Record<Difference, boolean>>>

const decodeCharge = Schema.decodeUnknownResult(Charge)
const decodeRefund = Schema.decodeUnknownResult(Refund)
const decodeDispute = Schema.decodeUnknownResult(Dispute)

/** The id of the charge that a delivery is about: its own, or that of its refund or dispute. */
export function chargeIdOf(body: unknown): string | undefined {
  const said = insideEvent(body)
  const id = kind(said) === "charge" ? field(said, "id") : isPart(said) ? chargeNamedBy(said) : undefined
  return typeof id === "string" ? id : undefined
}

/** Empty only where everything that the delivery says of its charge is what the charge says now. */
export function differences(body: unknown, retrieved: Charge): ReadonlyArray<Difference> {
  const said = insideEvent(body)
  const sameness = samenessOf(said, retrieved)
  if (sameness === undefined) return ["unreadable"]
  const same: Sameness = { ...sameness, id: chargeIdOf(body) === retrieved.id }
  return FIELDS.filter(name => same[name] === false)
}

/** `undefined` where the delivery cannot be read. */
function samenessOf(said: unknown, retrieved: Charge): Sameness | undefined {
  switch (kind(said)) {
    case "charge":
      return Result.getOrUndefined(Result.map(decodeCharge(said), charge => samenessOfCharges(charge, retrieved)))
    case "refund":
      return Result.getOrUndefined(Result.map(decodeRefund(said), refund => samenessOfRefund(refund, retrieved)))
    case "dispute":
      return Result.getOrUndefined(Result.map(decodeDispute(said), dispute => samenessOfDispute(dispute, retrieved)))
    default:
      return undefined
  }
}

function samenessOfCharges(said: Charge, is: Charge): Sameness | undefined {
  const [outcome, now] = [outcomeOf(said), outcomeOf(is)]
  const [before, after] = [wentBack(said), wentBack(is)]
  if (outcome === undefined || before.isUnreadable) return undefined
  return {
    status: said.status === is.status || (outcome._tag !== "unknown" && outcome._tag === now?._tag),
    amount: said.amount === is.amount,
    currency: currencyOf(said) === currencyOf(is),
    mode: isSameMode(said.livemode, said.id, is),
    captured: isSameCapture(said, is),
    refunded: before.total === after.total && before.refunds.every(refund => isListed(refund, after)),
    disputed: before.chargebacks.every(chargeback => after.chargebacks.some(other => isSame(chargeback, other))),
  }
}

/** A lone refund is one of the charge's, or one of those that its list does not show. */
function samenessOfRefund(refund: Refund, is: Charge): Sameness {
  const said = refundEvent(refund)?.refund
  return {
    mode: isSameMode(refund.livemode, is.id, is),
    refunded: said?._tag !== "Refund" || isListed(said, wentBack(is)),
  }
}

/** Only a lost dispute takes money back. */
function samenessOfDispute(dispute: Dispute, is: Charge): Sameness {
  const said = chargebackEvent(dispute)?.refund
  return {
    mode: isSameMode(dispute.livemode, is.id, is),
    disputed: said === undefined || wentBack(is).chargebacks.some(other => isSame(said, other)),
  }
}

type WentBackPart = EventOf<"PaymentRefunded">["refund"]

interface WentBack {
  readonly refunds: ReadonlyArray<WentBackPart>
  readonly chargebacks: ReadonlyArray<WentBackPart>
  /** Minor units refunded, listed or not. */
  readonly total: number
  /** Minor units refunded that no listed refund explains. */
  readonly unexplained: number
  readonly isUnreadable: boolean
}

function wentBack(charge: Charge): WentBack {
  const readings = refundsInside(charge, outcomeOf(charge)?._tag === "successful")
  const parts = readings.flatMap(reading => Result.getOrUndefined(reading)?.refund ?? [])
  const refunds = parts.filter(part => part._tag === "Refund")
  const listed = refunds.reduce((sum, { amount }) => sum + amount, 0)
  const total = parts.find(part => part._tag === "Total")?.amount ?? listed
  return {
    refunds,
    chargebacks: parts.filter(part => part._tag === "Chargeback"),
    total,
    unexplained: total - listed,
    isUnreadable: readings.some(Result.isFailure),
  }
}

function isListed(refund: WentBackPart, { refunds, unexplained }: WentBack): boolean {
  const listed = refunds.find(other => idOf(other) === idOf(refund))
  return listed === undefined ? refund.amount <= unexplained : isSame(refund, listed)
}

function isSame(one: WentBackPart, other: WentBackPart): boolean {
  return idOf(one) === idOf(other) && one.amount === other.amount && one.currency === other.currency
}

function idOf(part: WentBackPart): string | undefined {
  return part._tag === "Total" ? undefined : part.id
}

/**
 * What was captured of two successful charges, also where an old shape leaves it out; of others what the delivery tells, for then it means
 * nothing and must not be trusted either.
 */
function isSameCapture(said: Charge, is: Charge): boolean {
  const areSuccessful = outcomeOf(said)?._tag === "successful" && outcomeOf(is)?._tag === "successful"
  if (areSuccessful) return received(said)?.amount === received(is)?.amount
  const told = said.captured_amount ?? undefined
  return told === undefined || wholeNumber(told) === wholeNumber(is.captured_amount ?? 0)
}

const decodeWholeNumber = Schema.decodeUnknownResult(WireWholeNumber)

function wholeNumber(value: unknown): number | undefined {
  return Result.getOrUndefined(decodeWholeNumber(value))
}

/** An old shape without the flag says it by its id; where neither does, it says nothing. */
function isSameMode(livemode: boolean | undefined, id: string, is: Charge): boolean {
  const [said, now] = [modeOf(livemode, id), modeOf(is.livemode, is.id)]
  return said === undefined || now === undefined || said === now
}

function currencyOf({ currency }: Charge): string | undefined {
  return toMoney(1, currency)?.currency
}

function isPart(value: unknown): boolean {
  return kind(value) === "refund" || kind(value) === "dispute"
}

function insideEvent(body: unknown): unknown {
  return kind(body) === "event" ? field(body, "data") : body
}
