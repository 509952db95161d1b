import type { Deliveries } from "../deliveries/Deliveries.ts"
import type { Translator } from "../deliveries/impliedBy.ts"
import type { Law } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { amountsLaw } from "./amountsLaw.ts"
import { arrivalLaws } from "./arrivalLaws.ts"
import { completenessLaws } from "./completenessLaws.ts"
import { coverageLaw } from "./coverageLaw.ts"
import { determinismLaws } from "./determinismLaws.ts"
import { storyConfluenceLaws } from "./storyConfluenceLaws.ts"
import { totalityLaws } from "./totalityLaws.ts"

/**
 * Everything an adapter promises, tried on what its provider would send. `deliveries` is the adapter's own account of how the provider speaks; a
 * provider that passes can be put into the app's list.
 */
export function adapterLaws(
  provider: Translator,
  deliveries: Deliveries,
  model: PaymentModel = PAYMENT_MODEL,
): ReadonlyArray<Law> {
  return [
    coverageLaw(provider, deliveries),
    ...totalityLaws(provider, deliveries, model),
    ...determinismLaws(provider, deliveries),
    ...storyConfluenceLaws(provider, deliveries, model),
    ...arrivalLaws(provider, deliveries, model),
    amountsLaw(provider, deliveries),
    ...completenessLaws(provider, deliveries, model),
  ]
}
