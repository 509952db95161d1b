import { describe, expect, it } from "vitest"
import { BROKEN_DECISIONS } from "../../testing/broken/brokenDecisions.ts"
import { BROKEN_JOINS } from "../../testing/broken/brokenJoins.ts"
import { BROKEN_READINGS, BROKEN_READINGS_OF_STORIES } from "../../testing/broken/brokenReadings.ts"
import { BROKEN_STORES } from "../../testing/broken/brokenStores.ts"
import { BROKEN_TRANSLATORS } from "../../testing/broken/brokenTranslators.ts"
import type { Law } from "../../testing/Law.ts"
import { adapterLaws } from "../../testing/laws/adapterLaws.ts"
import { domainLaws } from "../../testing/laws/domainLaws.ts"
import { logLaws } from "../../testing/laws/logLaws.ts"
import { memoryLog } from "../../testing/log/memoryLog.ts"
import { failsForExpiry, failsForExpiryDeliveries } from "../example/failsForExpiry.ts"
import { kumoPay } from "../example/KumoPay.ts"
import { kumoPayDeliveries } from "../example/kumoPayDeliveries.ts"

/** One seed: whether a law rejects what is broken must not depend on luck. */
const RUNS = { runs: 3_000, seed: 20_251_121 }

async function expectRejected(laws: ReadonlyArray<Law>, rejectedBy: string): Promise<void> {
  const law = laws.find(({ name }) => name === rejectedBy)
  expect(law, `there is a law named ${rejectedBy}`).toBeDefined()
  expect((await law?.check(RUNS))?.held, `${rejectedBy} holds`).toBe(false)
}

describe("a law rejects a model in which", () => {
  for (const { mistake, rejectedBy, implementation } of [...BROKEN_JOINS, ...BROKEN_DECISIONS, ...BROKEN_READINGS]) {
    it(`${mistake} (${rejectedBy})`, () => expectRejected(domainLaws(implementation), rejectedBy))
  }
  for (const { mistake, rejectedBy, implementation } of BROKEN_READINGS_OF_STORIES) {
    it(`${mistake} (${rejectedBy})`, () =>
      expectRejected(adapterLaws(failsForExpiry, failsForExpiryDeliveries, implementation), rejectedBy))
  }
})

describe("a law rejects an adapter that", () => {
  for (const { mistake, rejectedBy, implementation } of BROKEN_TRANSLATORS) {
    it(`${mistake} (${rejectedBy})`, () =>
      expectRejected(adapterLaws(implementation(kumoPay), kumoPayDeliveries), rejectedBy))
  }
})

describe("a law rejects a store in which", () => {
  for (const { mistake, rejectedBy, implementation } of BROKEN_STORES) {
    it(`${mistake} (${rejectedBy})`, () => expectRejected(logLaws(implementation), rejectedBy))
  }
})

describe("the coverage law rejects deliveries that", () => {
  const { declared } = kumoPayDeliveries
  const law = "coverage: nothing passes vacuously"

  it("declare what never occurs", () =>
    expectRejected(
      adapterLaws(kumoPay, {
        ...kumoPayDeliveries,
        declared: { ...declared, discrepancies: [...declared.discrepancies, "received-less"] },
      }),
      law,
    ))

  it("produce what they do not declare", () =>
    expectRejected(adapterLaws(kumoPay, { ...kumoPayDeliveries, declared: { ...declared, habits: [] } }), law))
})

describe("every law", () => {
  const broken = [
    ...BROKEN_JOINS,
    ...BROKEN_DECISIONS,
    ...BROKEN_READINGS,
    ...BROKEN_READINGS_OF_STORIES,
    ...BROKEN_TRANSLATORS,
    ...BROKEN_STORES,
    { rejectedBy: "coverage: nothing passes vacuously" },
  ].map(({ rejectedBy }) => rejectedBy)

  for (const { name } of [...domainLaws(), ...adapterLaws(kumoPay, kumoPayDeliveries), ...logLaws(memoryLog)]) {
    it(`rejects something: ${name}`, () => expect(broken).toContain(name))
  }
})
