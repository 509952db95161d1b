import { Schema } from "effect"
import { FailureCause } from "../FailureCause.ts"
import { Instant } from "../Instant.ts"
import { Instructions } from "../Instructions.ts"
import { Currency, MinorUnits, Money } from "../Money.ts"
import { ChargeId, ProviderName } from "../PaymentId.ts"
import { PaymentMethod } from "../PaymentMethod.ts"

/** Live money moves; test money never does, and the two never meet in a view. */
export const Mode = Schema.Literals(["live", "test"])
export type Mode = typeof Mode.Type

/** Longest order reference, in UTF-16 code units. */
export const MAXIMUM_ORDER_REFERENCE = 255

/** Which adapter translated the report, and its version: between versions the newer one's reading of a field wins. */
export const Adapter = Schema.Struct({
  name: ProviderName,
  version: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })),
})
export type Adapter = typeof Adapter.Type

/**
 * The merchant's own reference, which can be changed at the provider: the latest report wins where reports are dated. At most 255 characters: longer
 * texts are no references, and an index could not hold them. Stored for ever: never rename, retype or change the meaning; add a version and teach `upcast`.
 */
export const OrderReference = Schema.Struct({
  value: Schema.NonEmptyString.check(Schema.isMaxLength(MAXIMUM_ORDER_REFERENCE)),
  reportedAt: Schema.optionalKey(Instant),
})
export type OrderReference = typeof OrderReference.Type

/**
 * What the provider keeps for itself, in minor units of the currency it says; 0 is a fee of nothing, absent is unknown. Stored for ever: never rename,
 * retype or change the meaning; add a version and teach `upcast`.
 */
export const Fees = Schema.Struct({
  currency: Currency,
  fee: Schema.optionalKey(Schema.Int),
  feeVat: Schema.optionalKey(Schema.Int),
  interest: Schema.optionalKey(Schema.Int),
  interestVat: Schema.optionalKey(Schema.Int),
  net: Schema.optionalKey(Schema.Int),
})
export type Fees = typeof Fees.Type

/**
 * Money that went back. `Refund`, `Chargeback` and `ChargebackReversal` are one each, by the provider's id; `Total` is the sum
 * refunded so far, which an id need not explain. Stored for ever: never rename, retype or change the meaning; add a version and teach `upcast`.
 */
export const RefundReport = Schema.TaggedUnion({
  Refund: { id: ChargeId, amount: MinorUnits, currency: Currency },
  Chargeback: { id: ChargeId, amount: MinorUnits, currency: Currency },
  ChargebackReversal: { id: ChargeId, amount: MinorUnits, currency: Currency },
  Total: { amount: MinorUnits, currency: Currency },
})
export type RefundReport = typeof RefundReport.Type

/** The schema version of every event written today. */
export const EVENT_SCHEMA_VERSION = 1

const reported = { schemaVersion: Schema.Literal(EVENT_SCHEMA_VERSION), adapter: Adapter }

/**
 * What providers report of a payment. Events are reports, not deltas: a payment may hold two `PaymentPaid` (one without, one with its
 * instant), so nothing may count them or add them up. What a report does not say is absent.
 *
 * Stored for ever: never rename, retype or change the meaning; add a version and teach `upcast`.
 */
export const PaymentEvent = Schema.TaggedUnion({
  /** The charge exists. `authorised`: the payer has acted and has nothing more to do. `disagreements`: flags of the report that must agree and do not, one sentence each. */
  PaymentCreated: {
    ...reported,
    provider: ProviderName,
    chargeId: ChargeId,
    mode: Schema.optionalKey(Mode),
    requested: Schema.optionalKey(Money),
    method: Schema.optionalKey(PaymentMethod),
    orderReference: Schema.optionalKey(OrderReference),
    createdAt: Schema.optionalKey(Instant),
    authorised: Schema.optionalKey(Schema.Literal(true)),
    disagreements: Schema.optionalKey(Schema.NonEmptyArray(Schema.NonEmptyString)),
  },
  /** There is something for the payer to do. `deadline`: the last moment the payer can. */
  PaymentAwaiting: {
    ...reported,
    instructions: Instructions,
    deadline: Schema.optionalKey(Instant),
  },
  /** Money was received. `received`: what was captured, which may be less than what was requested. */
  PaymentPaid: {
    ...reported,
    received: Schema.optionalKey(Money),
    paidAt: Schema.optionalKey(Instant),
    fees: Schema.optionalKey(Fees),
  },
  /** The provider says that the time to pay is over. */
  PaymentExpired: {
    ...reported,
    expiredAt: Schema.optionalKey(Instant),
  },
  /**
   * The payment came to nothing. Without a `cause` that has a category, no cause was named. `mayBeExpiry`: the provider has no word for expiry and says
   * *failed* for it, so an unnamed failure of a payment that waited for cash is one.
   */
  PaymentFailed: {
    ...reported,
    cause: Schema.optionalKey(FailureCause),
    mayBeExpiry: Schema.optionalKey(Schema.Literal(true)),
    failedAt: Schema.optionalKey(Instant),
  },
  /** Money went back to the payer, by refund or by chargeback, or came again by a chargeback's reversal. */
  PaymentRefunded: {
    ...reported,
    refund: RefundReport,
    refundedAt: Schema.optionalKey(Instant),
  },
  /**
   * Earlier events of this payment, by their version in its stream, are not so after all. Written when a newer adapter no longer
   * implies them, or by an operator; an adapter never writes it.
   */
  FactsWithdrawn: {
    ...reported,
    versions: Schema.NonEmptyArray(Schema.Int.check(Schema.isGreaterThan(0))),
    reason: Schema.NonEmptyString,
    withdrawnBy: Schema.NonEmptyString,
  },
})
export type PaymentEvent = typeof PaymentEvent.Type

/** The case of an event, by its tag. */
export type EventOf<Tag extends PaymentEvent["_tag"]> = Extract<PaymentEvent, { readonly _tag: Tag }>
