/** The door of the UnivaPay adapter. */
import type { PaymentProvider } from "@payfold/domain"
import { ADAPTER_VERSION, PROVIDER } from "./adapter.ts"
import { METHODS } from "./methods.ts"
import { translate } from "./translate.ts"
import { makeVerify } from "./verify.ts"

export { Refusal } from "@payfold/domain/adapter"
export { computeDeadline } from "./deadline.ts"
export type { Delivery } from "./delivery.ts"
export { type Idempotency, type IdempotencyKey, newIdempotencyKey, toIdempotencyKey } from "./idempotency.ts"
export { PAY_EASY_INSTITUTION_NUMBER } from "./methods.ts"
export {
  type CancelInput,
  type ChargeInput,
  cancelOf,
  chargeOfToken,
  type KonbiniTokenInput,
  konbiniToken,
  type Metadata,
  type RefundInput,
  type RequestFields,
  reachableFrom,
  refundOf,
} from "./requests.ts"
export {
  type ChargeQuery,
  type Created,
  makeUnivaPayClient,
  type Polled,
  type UnivaPayClient,
  type UnivaPaySettings,
} from "./UnivaPayClient.ts"

export { univapayReader } from "./univapayReader.ts"

/** The pure half of the adapter: what UnivaPay's words mean, and how its deliveries are told from forgeries. */
export const univapay: PaymentProvider = {
  name: PROVIDER,
  version: ADAPTER_VERSION,
  translate,
  makeVerify,
  capabilities: METHODS,
}
