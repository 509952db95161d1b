import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkLaw, LawBroken } from "../../testing/checkLaw.ts"
import { lawOf } from "../../testing/Law.ts"
import { runsFromEnvironment } from "../../testing/runsFromEnvironment.ts"

const tried: Array<number> = []
const small = lawOf(
  "numbers are small",
  "No number reaches 1,000",
  fc.property(fc.nat(), number => {
    tried.push(number)
    return number < 1_000
  }),
)

async function broken(runs: { readonly runs: number; readonly seed: number; readonly path?: string }) {
  tried.length = 0
  return checkLaw(small, runs).then(
    () => undefined,
    (error: unknown) => (error instanceof LawBroken ? error.message : undefined),
  )
}

describe("a law that does not hold", () => {
  it("says the rule, the smallest counterexample, and the line that replays it", async () => {
    const message = await broken({ runs: 100, seed: 7 })
    expect(message).toMatch(/^numbers are small does not hold\.\nNo number reaches 1,000\./)
    expect(message).toContain("Counterexample: [1000]")
    expect(message).toMatch(/Replay: PAYFOLD_SEED=7 PAYFOLD_PATH=\S+ npx vitest run -t "numbers are small"/)
  })

  it("is met again first by that line", async () => {
    const path = /PAYFOLD_PATH=(\S+)/.exec((await broken({ runs: 100, seed: 7 })) ?? "")?.[1] ?? ""
    expect(await broken(runsFromEnvironment({ PAYFOLD_SEED: "7", PAYFOLD_PATH: path }))).toContain("[1000]")
    expect(tried[0]).toBe(1_000)
  })
})

describe("a law that holds", () => {
  it("says how often it was tried, and from which seed", async () => {
    const law = lawOf(
      "true",
      "Nothing is wrong",
      fc.property(fc.nat(), () => true),
      { cost: 10 },
    )
    expect(await checkLaw(law, { runs: 95, seed: 7 })).toBe("true: held 10 times, seed 7")
  })
})

describe("the environment", () => {
  it("says how often and from which seed; otherwise 200 times, from one seed for the process", () => {
    expect(runsFromEnvironment({ PAYFOLD_RUNS: "5", PAYFOLD_SEED: "-7" })).toEqual({ runs: 5, seed: -7 })
    expect(runsFromEnvironment({})).toEqual({ ...runsFromEnvironment({}), runs: 200 })
  })

  it.each(["x", "1.5", "1e5", "0x10", " 1"])("refuses %j as a number of runs", text => {
    expect(() => runsFromEnvironment({ PAYFOLD_RUNS: text })).toThrow("PAYFOLD_RUNS must be a whole number")
  })
})
