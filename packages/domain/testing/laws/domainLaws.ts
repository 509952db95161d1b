import type { Law } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"
import { confluenceLaws } from "./confluenceLaws.ts"
import { coverageOfStatesLaw } from "./coverageOfStatesLaw.ts"
import { joinLaws } from "./joinLaws.ts"
import { monotoneLaws } from "./monotoneLaws.ts"
import { roundTripLaws } from "./roundTripLaws.ts"
import { silenceLaws } from "./silenceLaws.ts"
import { withdrawalLaws } from "./withdrawalLaws.ts"

/** Every law that needs neither a provider nor a store. */
export function domainLaws(model: PaymentModel = PAYMENT_MODEL): ReadonlyArray<Law> {
  return [
    coverageOfStatesLaw(model),
    ...joinLaws(model),
    ...confluenceLaws(model),
    ...silenceLaws(model),
    ...monotoneLaws(model),
    ...withdrawalLaws(model),
    ...roundTripLaws(model),
  ]
}
