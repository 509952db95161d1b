import { describe, it } from "vitest"
import { checkLaw } from "../../testing/checkLaw.ts"
import { logLaws } from "../../testing/laws/logLaws.ts"
import { memoryLog } from "../../testing/log/memoryLog.ts"
import { runsFromEnvironment } from "../../testing/runsFromEnvironment.ts"

const runs = runsFromEnvironment()

describe(`the reference store in memory obeys (${runs.runs} runs, seed ${runs.seed})`, () => {
  for (const law of logLaws(memoryLog)) it(law.name, () => checkLaw(law, runs))
})
