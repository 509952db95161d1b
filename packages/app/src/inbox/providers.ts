import type { PaymentProvider } from "@payfold/domain"
import { omise } from "@payfold/omise"
import { univapay } from "@payfold/univapay"

/** Every adapter there is: a new one is one line here. */
export const PROVIDERS: ReadonlyArray<PaymentProvider> = [omise, univapay]

export function providerNamed(name: string): PaymentProvider | undefined {
  return PROVIDERS.find(provider => provider.name === name)
}
