/** The door of the UnivaPay adapter. */
import type { PaymentProvider } from "@payfold/domain"
import { ADAPTER_VERSION, PROVIDER } from "./adapter.ts"
import { METHODS } from "./methods.ts"
import { translate } from "./translate.ts"
import { makeVerify } from "./verify.ts"

export { translate } from "./translate.ts"
export { makeVerify } from "./verify.ts"

/** The pure half of the adapter: what UnivaPay's words mean, and how its deliveries are told from forgeries. */
export const univapay: PaymentProvider = {
  name: PROVIDER,
  version: ADAPTER_VERSION,
  translate,
  makeVerify,
  capabilities: METHODS,
}
