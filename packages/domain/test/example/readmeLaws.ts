import assert from "node:assert/strict"
import { checkLaw, domainLaws, logLaws, memoryLog, runsFromEnvironment } from "@payfold/domain/testing"

// Any test runner will do: `checkLaw` throws, with the counterexample and the line that replays it, where a law does not hold.
for (const law of [...domainLaws(), ...logLaws(memoryLog)]) {
  const line = await checkLaw(law, { ...runsFromEnvironment(), runs: 50 })
  assert.match(line, /: held \d+ times, seed -?\d+$/)
}
