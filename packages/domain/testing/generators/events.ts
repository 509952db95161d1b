import fc from "fast-check"
import { FailureCategory } from "../../src/FailureCause.ts"
import type { Instructions } from "../../src/Instructions.ts"
import type { EventOf, PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { methods } from "./methods.ts"
import { moments } from "./moments.ts"
import { amounts, currencies, moneys } from "./money.ts"
import { texts } from "./texts.ts"

const reported = {
  schemaVersion: fc.constant(1 as const),
  adapter: fc.record({ name: fc.constant("example"), version: fc.integer({ min: 1, max: 3 }) }),
}

const instructions: fc.Arbitrary<Instructions> = fc.record(
  { paymentNumber: texts, accountNumber: texts, pageUrl: texts, institutionNumber: texts },
  { requiredKeys: [] },
)

const created: fc.Arbitrary<EventOf<"PaymentCreated">> = fc.record(
  {
    ...reported,
    _tag: fc.constant("PaymentCreated" as const),
    provider: fc.constant("example"),
    chargeId: fc.constantFrom("c1", "c2"),
    mode: fc.constantFrom("live" as const, "test" as const),
    requested: moneys,
    method: methods,
    orderReference: fc.record({ value: texts, reportedAt: moments }, { requiredKeys: ["value"] }),
    createdAt: moments,
    // `array` cannot say in its type that it is never empty; it has at least one.
    disagreements: fc.array(texts, { minLength: 1, maxLength: 12 }).map(list => list as [string, ...Array<string>]),
  },
  { requiredKeys: ["_tag", "schemaVersion", "adapter", "provider", "chargeId"] },
)

const awaiting: fc.Arbitrary<EventOf<"PaymentAwaiting">> = fc.record(
  { ...reported, _tag: fc.constant("PaymentAwaiting" as const), instructions, deadline: moments },
  { requiredKeys: ["_tag", "schemaVersion", "adapter", "instructions"] },
)

const fee = fc.oneof(
  fc.integer({ min: 0, max: 2 }),
  fc.maxSafeInteger().map(amount => (amount === 0 ? 0 : amount)),
)

const paid: fc.Arbitrary<EventOf<"PaymentPaid">> = fc.record(
  {
    ...reported,
    _tag: fc.constant("PaymentPaid" as const),
    received: moneys,
    paidAt: moments,
    fees: fc.record(
      { currency: currencies, fee, feeVat: fee, interest: fee, interestVat: fee, net: fee },
      { requiredKeys: ["currency"] },
    ),
  },
  { requiredKeys: ["_tag", "schemaVersion", "adapter"] },
)

const expired: fc.Arbitrary<EventOf<"PaymentExpired">> = fc.record(
  { ...reported, _tag: fc.constant("PaymentExpired" as const), expiredAt: moments },
  { requiredKeys: ["_tag", "schemaVersion", "adapter"] },
)

const failed: fc.Arbitrary<EventOf<"PaymentFailed">> = fc.record(
  {
    ...reported,
    _tag: fc.constant("PaymentFailed" as const),
    cause: fc.record(
      { category: fc.constantFrom(...FailureCategory.literals), code: texts, message: texts },
      { requiredKeys: ["category"] },
    ),
    mayBeExpiry: fc.constant(true as const),
    failedAt: moments,
  },
  { requiredKeys: ["_tag", "schemaVersion", "adapter"] },
)

const refundIds = fc.constantFrom("r1", "r2", "r3")

const refunded: fc.Arbitrary<EventOf<"PaymentRefunded">> = fc.record(
  {
    ...reported,
    _tag: fc.constant("PaymentRefunded" as const),
    refund: fc.oneof(
      fc.record({ _tag: fc.constant("Refund" as const), id: refundIds, amount: amounts, currency: currencies }),
      fc.record({ _tag: fc.constant("Chargeback" as const), id: refundIds, amount: amounts, currency: currencies }),
      fc.record({
        _tag: fc.constant("ChargebackReversal" as const),
        id: refundIds,
        amount: amounts,
        currency: currencies,
      }),
      fc.record({ _tag: fc.constant("Total" as const), amount: amounts, currency: currencies }),
    ),
    refundedAt: moments,
  },
  { requiredKeys: ["_tag", "schemaVersion", "adapter", "refund"] },
)

/** Withdraws some of the first eight versions of a stream. */
export const withdrawals: fc.Arbitrary<EventOf<"FactsWithdrawn">> = fc.record({
  ...reported,
  _tag: fc.constant("FactsWithdrawn" as const),
  // As above: at least one, which the type cannot know.
  versions: fc
    .uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 })
    .map(list => list as [number]),
  reason: texts,
  withdrawnBy: texts,
})

/** One arbitrary per case that an adapter may report: a new case without one does not compile. */
export const eventsByCase: {
  readonly [Tag in Exclude<PaymentEvent["_tag"], "FactsWithdrawn">]: fc.Arbitrary<EventOf<Tag>>
} = {
  PaymentCreated: created,
  PaymentAwaiting: awaiting,
  PaymentPaid: paid,
  PaymentExpired: expired,
  PaymentFailed: failed,
  PaymentRefunded: refunded,
}

/** Any event that an adapter may report, shrinking to a bare `PaymentCreated`. */
export const reports: fc.Arbitrary<PaymentEvent> = fc.oneof(
  eventsByCase.PaymentCreated,
  eventsByCase.PaymentAwaiting,
  eventsByCase.PaymentPaid,
  eventsByCase.PaymentExpired,
  eventsByCase.PaymentFailed,
  eventsByCase.PaymentRefunded,
)

/** Any event at all, withdrawals among them. */
export const anyEvents: fc.Arbitrary<PaymentEvent> = fc.oneof(
  { weight: 6, arbitrary: reports },
  { weight: 1, arbitrary: withdrawals },
)
