import { describe, it } from "vitest"
import { checkLaw } from "../../testing/checkLaw.ts"
import { domainLaws } from "../../testing/laws/domainLaws.ts"
import { runsFromEnvironment } from "../../testing/runsFromEnvironment.ts"

const runs = runsFromEnvironment()

describe(`the domain obeys (${runs.runs} runs, seed ${runs.seed})`, () => {
  for (const law of domainLaws()) it(law.name, () => checkLaw(law, runs))
})
