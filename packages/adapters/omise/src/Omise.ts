import type { PaymentProvider } from "@payfold/domain"
import { ADAPTER_VERSION, REPORTED } from "./adapter.ts"
import { OMISE_METHODS } from "./methods.ts"
import { translate } from "./translate.ts"
import { makeVerify } from "./verify.ts"

/** The door of the Omise adapter. Its pure half, as the domain asks for it: */
export const omise: PaymentProvider = {
  name: REPORTED.adapter.name,
  version: ADAPTER_VERSION,
  translate,
  makeVerify,
  capabilities: OMISE_METHODS,
}

export { Refusal } from "@payfold/domain/adapter"
export type { Difference } from "./compare.ts"
export { BILL_PAYMENT_PRINT } from "./methods.ts"
export {
  type Answered,
  type Confirmation,
  makeOmiseClient,
  NoChargeNamed,
  OMISE_API_URL,
  OMISE_VERSION,
  type OmiseClient,
  type OmiseClientSettings,
} from "./OmiseClient.ts"
export { omiseReader } from "./omiseReader.ts"
export { endOfDayInJapan } from "./requests/endOfDayInJapan.ts"
export type { Form } from "./requests/form.ts"
export { INSTALLMENT_PLANS, type InstallmentPlan } from "./requests/installmentPlans.ts"
export {
  type AnySourceInput,
  anySource,
  type BarcodeInput,
  barcodeSource,
  billPaymentSource,
  type ChargeOfSourceInput,
  chargeOfSource,
  chargeWithSource,
  type EcontextInput,
  econtextSource,
  type InstallmentInput,
  installmentSource,
  type RefundInput,
  refundOf,
  type SourceRequest,
} from "./requests.ts"
export { makeVerifyWithin } from "./verify.ts"
