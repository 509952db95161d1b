import fc from "fast-check"
import { PaymentMethod } from "../../src/PaymentMethod.ts"
import { DISCREPANCY_CODES } from "../../src/payment/discrepancies.ts"
import { PAYMENT_STATUSES } from "../../src/payment/status.ts"
import { states } from "../generators/histories.ts"
import type { Law } from "../Law.ts"
import { PAYMENT_MODEL, type PaymentModel } from "../PaymentModel.ts"

/** One seed for ever: what a generator produces is its own property, and must not fail by luck. */
const SAMPLE = { numRuns: 2_000, seed: 20_251_120 }

/** What two payments make together, and no state alone. */
const ACROSS_PAYMENTS: ReadonlyArray<string> = ["order-paid-twice"]

/** The laws of the domain are tried on every status, discrepancy and method: each occurs in at least 1 % of the states. */
export function coverageOfStatesLaw(model: PaymentModel = PAYMENT_MODEL): Law {
  return {
    name: "coverage: states of every kind",
    rule: "Each status, discrepancy and method occurs in at least 1 % of the states that the laws are tried on",
    check: () => {
      const counts = new Map<string, number>()
      for (const state of fc.sample(states, SAMPLE)) {
        const { status, discrepancies, method } = model.toPayment(state)
        const shown = new Set([status, ...discrepancies.map(({ code }) => code), ...(method ? [method._tag] : [])])
        for (const name of shown) counts.set(name, (counts.get(name) ?? 0) + 1)
      }
      const expected = [
        ...PAYMENT_STATUSES,
        ...DISCREPANCY_CODES.filter(code => !ACROSS_PAYMENTS.includes(code)),
        ...Object.keys(PaymentMethod.cases),
      ]
      const rare = expected.filter(name => (counts.get(name) ?? 0) < SAMPLE.numRuns / 100)
      const counterexample = rare.map(name => `${name} occurs in ${counts.get(name) ?? 0} of ${SAMPLE.numRuns} states`)
      return Promise.resolve(
        rare.length === 0
          ? { held: true, runs: SAMPLE.numRuns }
          : { held: false, runs: SAMPLE.numRuns, counterexample: counterexample.join("\n") },
      )
    },
  }
}
