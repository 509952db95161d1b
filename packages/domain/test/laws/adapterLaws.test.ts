import { describe, it } from "vitest"
import { checkLaw } from "../../testing/checkLaw.ts"
import { adapterLaws } from "../../testing/laws/adapterLaws.ts"
import { runsFromEnvironment } from "../../testing/runsFromEnvironment.ts"
import { failsForExpiry, failsForExpiryDeliveries } from "../example/failsForExpiry.ts"

const runs = runsFromEnvironment()

describe(`a provider that says failed for expiry, and tells refunds twice, obeys (${runs.runs} runs, seed ${runs.seed})`, () => {
  for (const law of adapterLaws(failsForExpiry, failsForExpiryDeliveries)) {
    it(law.name, () => checkLaw(law, runs))
  }
})
