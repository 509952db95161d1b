import fc from "fast-check"
import { evolve } from "../../src/payment/evolve.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { type PaymentState, UNKNOWN_PAYMENT } from "../../src/payment/PaymentState.ts"
import { anyEvents, eventsByCase, reports } from "./events.ts"

/** Reports before any money: among all kinds, money comes so soon that open and ended payments would hardly be met. */
const unpaid: fc.Arbitrary<PaymentEvent> = fc.oneof(
  eventsByCase.PaymentCreated,
  eventsByCase.PaymentAwaiting,
  eventsByCase.PaymentExpired,
  eventsByCase.PaymentFailed,
)

/** What one delivery implies: a few reports in any order, which is more than any adapter says. */
export const reportedTogether: fc.Arbitrary<ReadonlyArray<PaymentEvent>> = fc.oneof(
  { weight: 2, arbitrary: fc.array(reports, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(unpaid, { maxLength: 4 }) },
)

/** Up to seven reports of one payment. */
export const histories: fc.Arbitrary<ReadonlyArray<PaymentEvent>> = fc.oneof(
  { weight: 2, arbitrary: fc.array(reports, { maxLength: 7 }) },
  { weight: 1, arbitrary: fc.array(unpaid, { maxLength: 7 }) },
)

/** A stream as it is stored, withdrawals among it. */
export const streams: fc.Arbitrary<ReadonlyArray<PaymentEvent>> = fc.array(anyEvents, { maxLength: 8 })

/** States that some history reaches: no others exist. */
export const states: fc.Arbitrary<PaymentState> = histories.map(history =>
  history.reduce((state, event) => evolve(state, event), UNKNOWN_PAYMENT),
)
