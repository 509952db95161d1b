import type { PaymentProvider } from "@payfold/domain"
import { omise } from "@payfold/omise"
import { univapay } from "@payfold/univapay"
import { Context } from "effect"

/** Every adapter that comes with Payfold: a new one is one line here, and its name in `cli/choices.ts`. */
export const SHIPPED_PROVIDERS: ReadonlyArray<PaymentProvider> = [omise, univapay]

/** The adapters in use. A service with an adapter of its own provides another list; the shipped ones are the default. */
export const Providers = Context.Reference<ReadonlyArray<PaymentProvider>>("@payfold/app/inbox/Providers", {
  defaultValue: () => SHIPPED_PROVIDERS,
})

/** The adapter of a name, as payment ids begin with it. */
export function providerNamed(providers: ReadonlyArray<PaymentProvider>, name: string): PaymentProvider | undefined {
  return providers.find(provider => provider.name === name)
}
