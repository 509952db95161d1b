import { decide } from "../src/payment/decide.ts"
import { evolve, says } from "../src/payment/evolve.ts"
import { fold } from "../src/payment/fold.ts"
import { join } from "../src/payment/join.ts"
import { type Payment, toPayment } from "../src/payment/Payment.ts"
import type { PaymentEvent } from "../src/payment/PaymentEvent.ts"
import type { PaymentState } from "../src/payment/PaymentState.ts"
import { type PaymentStatus, STATUS_CLASS } from "../src/payment/status.ts"
import { decodeEvent, encodeEvent } from "../src/payment/upcast.ts"

/** The functions that the laws speak of, as one value, so that a law can be shown to reject a wrong one. */
export interface PaymentModel {
  readonly says: (event: PaymentEvent) => PaymentState
  readonly join: (a: PaymentState, b: PaymentState) => PaymentState
  readonly evolve: (state: PaymentState, event: PaymentEvent) => PaymentState
  readonly decide: (state: PaymentState, implied: ReadonlyArray<PaymentEvent>) => ReadonlyArray<PaymentEvent>
  readonly fold: (stream: ReadonlyArray<PaymentEvent>) => PaymentState
  readonly toPayment: (state: PaymentState) => Payment
  readonly statusClass: (status: PaymentStatus) => number
  readonly encodeEvent: (event: PaymentEvent) => string
  readonly decodeEvent: typeof decodeEvent
}

/** The model that Payfold runs on. */
export const PAYMENT_MODEL: PaymentModel = {
  says,
  join,
  evolve,
  decide,
  fold,
  toPayment,
  statusClass: status => STATUS_CLASS[status],
  encodeEvent,
  decodeEvent,
}
