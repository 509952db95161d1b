import { adapterLaws, checkLaw, runsFromEnvironment } from "@payfold/domain/testing"
import { describe, it } from "vitest"
import { omise } from "../src/Omise.ts"
import { omiseDeliveries } from "../testing/Testing.ts"

const runs = runsFromEnvironment()

/** A law of a thousand runs takes a few seconds on a slow machine. */
const LIMIT_MILLISECONDS = 20_000 + 20 * runs.runs

describe(`laws of an adapter (${runs.runs} runs, seed ${runs.seed})`, () => {
  it.each(adapterLaws(omise, omiseDeliveries).map(law => [law.name, law] as const))(
    "%s",
    async (_, law) => {
      await checkLaw(law, runs)
    },
    LIMIT_MILLISECONDS,
  )
})
