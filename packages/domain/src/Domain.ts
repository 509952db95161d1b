/** The door of the domain: everything that adapters, the app and other readers may use. */
export { type Explanation, explain, kindOf } from "./explain.ts"
export { FailureCategory, FailureCause } from "./FailureCause.ts"
export { Instant, instantFromMilliseconds, toInstant } from "./Instant.ts"
export { Instructions } from "./Instructions.ts"
export { imply, MAXIMUM_IMPLIED_EVENTS } from "./imply.ts"
export { known } from "./known.ts"
export type { MethodCapability } from "./MethodCapability.ts"
export { Currency, currencyDigits, formatMoney, MinorUnits, Money, toMoney } from "./Money.ts"
export { ChargeId, PaymentId, ProviderName, toPaymentId } from "./PaymentId.ts"
export { formatMethod, PaymentMethod } from "./PaymentMethod.ts"
export type { PaymentProvider, ProviderReader } from "./PaymentProvider.ts"
export { decide } from "./payment/decide.ts"
export { DISCREPANCY_CODES, type Discrepancy, type DiscrepancyCode, discrepancies } from "./payment/discrepancies.ts"
export { evolve, says } from "./payment/evolve.ts"
export { fold, withdrawnVersions } from "./payment/fold.ts"
export { join } from "./payment/join.ts"
export { type Attempt, orderDiscrepancies } from "./payment/orderDiscrepancies.ts"
export { type Payment, toPayment } from "./payment/Payment.ts"
export {
  Adapter,
  EVENT_SCHEMA_VERSION,
  type EventOf,
  Fees,
  MAXIMUM_ORDER_REFERENCE,
  Mode,
  OrderReference,
  PaymentEvent,
  RefundReport,
} from "./payment/PaymentEvent.ts"
export { type PaymentState, UNKNOWN_PAYMENT } from "./payment/PaymentState.ts"
export {
  isReceived,
  PAYMENT_STATUSES,
  type PaymentStatus,
  refundCurrencies,
  refundedAmount,
  STATUS_CLASS,
  status,
} from "./payment/status.ts"
export { decodeEvent, encodeEvent, isEvent, NewerEvent, UnreadableEvent, upcast } from "./payment/upcast.ts"
export { readBody } from "./readBody.ts"
export { storable } from "./storable.ts"
export {
  DEFAULT_TRANSLATE_SETTINGS,
  type Ignored,
  type Implied,
  type Part,
  type ReportedAt,
  type TranslateSettings,
  type Translation,
  type Unreadable,
} from "./Translation.ts"
export { type MakeVerify, type RawDelivery, SecretRefused, type Verdict, type Verify } from "./Verification.ts"
