import { adapterLaws, checkLaw } from "@payfold/domain/testing"
import { describe, it } from "vitest"
import { kumoPay } from "./KumoPay.ts"
import { kumoPayDeliveries } from "./kumoPayDeliveries.ts"

describe("KumoPay obeys", () => {
  for (const law of adapterLaws(kumoPay, kumoPayDeliveries)) it(law.name, () => checkLaw(law))
})
