import type { PaymentId } from "../../src/PaymentId.ts"
import type { PaymentProvider } from "../../src/PaymentProvider.ts"
import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import { DEFAULT_TRANSLATE_SETTINGS, type TranslateSettings } from "../../src/Translation.ts"

/** The part of a provider that the laws need. */
export type Translator = Pick<PaymentProvider, "name" | "version" | "translate">

/** What a body implies for one payment, over all parts of the body. */
export function impliedBy(
  provider: Translator,
  body: unknown,
  payment: PaymentId,
  settings: TranslateSettings = DEFAULT_TRANSLATE_SETTINGS,
): ReadonlyArray<PaymentEvent> {
  return provider
    .translate(body, settings)
    .flatMap(part => (part._tag === "Implied" && part.payment === payment ? part.events : []))
}
