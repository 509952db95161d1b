import { Effect } from "effect"
import { expect } from "vitest"
import { EventLog } from "../../src/log/EventLog.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { tamperLaw, verifyWithoutChain } from "../../testing/laws/tamperLaw.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

/** The long run is `laws/tamper.ts`. */
describeEachEngine("tampering at random", ({ test }) => {
  test("is found and located", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const found = yield* tamperLaw(log.verify, 30, new Chance(Chance.anySeed()))
      expect(found).toMatchObject({ missed: [] })
    }))

  test("is missed by a verifier that knows no chain", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      const found = yield* tamperLaw(verifyWithoutChain(merchant), 30, new Chance(Chance.anySeed()))
      expect(found.missed.length).toBeGreaterThan(0)
    }))
})
