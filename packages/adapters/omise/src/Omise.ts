import type { PaymentProvider } from "@payfold/domain"
import { ADAPTER_VERSION, REPORTED } from "./adapter.ts"
import { OMISE_METHODS } from "./methods.ts"
import { translate } from "./translate.ts"
import { makeVerify } from "./verify.ts"

/** The door of the Omise adapter: its pure half, as the domain asks for it. */
export const omise: PaymentProvider = {
  name: REPORTED.adapter.name,
  version: ADAPTER_VERSION,
  translate,
  makeVerify,
  capabilities: OMISE_METHODS,
}

export { BILL_PAYMENT_PRINT } from "./methods.ts"
export { makeVerifyWithin } from "./verify.ts"
