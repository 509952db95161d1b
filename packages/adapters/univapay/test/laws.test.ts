import { adapterLaws, checkLaw } from "@payfold/domain/testing"
import { univapay } from "@payfold/univapay"
import { univapayDeliveries } from "@payfold/univapay/testing"
import { describe, test } from "vitest"

describe("the laws of an adapter", () => {
  test.each(adapterLaws(univapay, univapayDeliveries).map(law => [law.name, law] as const))("%s", async (_, law) => {
    await checkLaw(law)
  })
})
