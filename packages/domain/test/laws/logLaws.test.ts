import { describe, it } from "vitest"
import { checkLaw } from "../../testing/checkLaw.ts"
import { logLaws } from "../../testing/laws/logLaws.ts"
import { memoryLog } from "../../testing/log/memoryLog.ts"

describe("the reference store in memory obeys", () => {
  for (const law of logLaws(memoryLog)) it(law.name, async () => console.info(await checkLaw(law)))
})
