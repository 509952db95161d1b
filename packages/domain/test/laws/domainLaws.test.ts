import { describe, it } from "vitest"
import { checkLaw } from "../../testing/checkLaw.ts"
import { domainLaws } from "../../testing/laws/domainLaws.ts"

describe("the domain obeys", () => {
  for (const law of domainLaws()) it(law.name, async () => console.info(await checkLaw(law)))
})
