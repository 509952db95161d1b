import { describe, it } from "vitest"
import { checkLaw } from "../../testing/checkLaw.ts"
import { adapterLaws } from "../../testing/laws/adapterLaws.ts"
import { failsForExpiry, failsForExpiryDeliveries } from "../example/failsForExpiry.ts"

describe("a provider that says failed for expiry, and tells refunds twice, obeys", () => {
  for (const law of adapterLaws(failsForExpiry, failsForExpiryDeliveries)) {
    it(law.name, async () => console.info(await checkLaw(law)))
  }
})
