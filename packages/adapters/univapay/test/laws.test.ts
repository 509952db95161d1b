import { adapterLaws, checkLaw } from "@payfold/domain/testing"
import { univapay } from "@payfold/univapay"
import { univapayDeliveries } from "@payfold/univapay/testing"
import { describe, it } from "vitest"

/** `PAYFOLD_RUNS` may ask for any number. */
const PATIENCE_MILLISECONDS = 600_000

describe("UnivaPay obeys", () => {
  for (const law of adapterLaws(univapay, univapayDeliveries))
    it(law.name, { timeout: PATIENCE_MILLISECONDS }, async () => console.info(await checkLaw(law)))
})
