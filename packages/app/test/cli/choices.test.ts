import { PAYMENT_STATUSES, PaymentMethod } from "@payfold/domain"
import { expect, test } from "vitest"
import { METHODS, PROJECTIONS, PROVIDERS, STATUSES, UNKNOWN } from "../../src/cli/choices.ts"
import { SHIPPED_PROVIDERS } from "../../src/inbox/Providers.ts"
import { UNKNOWN as UNKNOWN_BUCKET } from "../../src/projection/moneyOfDays.ts"
import { SHIPPED_PROJECTIONS } from "../../src/projection/Projections.ts"

test("flags offer every adapter, view, status and method there is, in their order", () => {
  expect(PROVIDERS).toEqual(SHIPPED_PROVIDERS.map(({ name }) => name))
  expect(PROJECTIONS).toEqual(SHIPPED_PROJECTIONS.map(({ name }) => name))
  expect(STATUSES).toEqual(PAYMENT_STATUSES)
  expect(METHODS).toEqual(Object.keys(PaymentMethod.cases))
  expect(UNKNOWN).toBe(UNKNOWN_BUCKET)
})
