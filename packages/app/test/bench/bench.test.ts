import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { alternate } from "../../bench/alternate.ts"
import { chart } from "../../bench/chart.ts"
import { commandLine } from "../../bench/commandLine.ts"
import { complaint } from "../../bench/judge.ts"
import type { Figure } from "../../bench/Measurement.ts"
import { median, percentile } from "../../bench/median.ts"
import { withRun } from "../../bench/performancePage.ts"
import { quietRounds } from "../../bench/quietRounds.ts"
import { hostShare, processorTimes } from "../../bench/withHostShare.ts"

const RUN = join(import.meta.dirname, "../../bench/run.ts")
const FIGURE: Figure = {
  work: "something",
  value: 5,
  unit: "×",
  must: { atLeast: 6 },
  aim: { atLeast: 10 },
  behind: "",
}

describe("the benchmark", () => {
  test("takes the middle of the rounds", () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(percentile([0, 100], 99)).toBe(99)
    expect(percentile([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 99)).toBe(Number.POSITIVE_INFINITY)
  })

  test("lets the contestants take turns, the first of one round last in the next", async () => {
    const turns: Array<string> = []
    const turn = (name: string, figures: ReadonlyArray<number>) => async (round: number) => {
      turns.push(name)
      return figures[round] ?? Number.NaN
    }
    const found = await alternate(3, { ours: turn("ours", [30, 90, 60]), theirs: turn("theirs", [20, 10, 30]) })
    expect(found).toEqual({ ours: 60, theirs: 20 })
    expect(turns).toEqual(["ours", "theirs", "theirs", "ours", "ours", "theirs"])
  })

  test("fails for a missed must, tells how far an aim is, and says nothing of what is reached", () => {
    expect(complaint(FIGURE)).toMatchObject({ fails: true, text: expect.stringContaining("5.00 ×, ≥ 6 ×") })
    expect(complaint({ ...FIGURE, value: 8 })).toMatchObject({ fails: false, text: expect.stringContaining("1.25") })
    expect(complaint({ ...FIGURE, value: 10 })).toBeUndefined()
    expect(complaint({ ...FIGURE, value: Number.NaN })?.fails).toBe(true)
  })

  test("reads its words, and refuses what is none of them", () => {
    expect(commandLine(["--assert", "append", "--rounds", "3"])).toMatchObject({
      names: ["append"],
      asserts: true,
      rounds: 3,
    })
    for (const words of [["--rounds", "0"], ["--scale", "tiny"], ["nothing"]])
      expect(typeof commandLine(words)).toBe("string")
  })

  test("knows what the machine's host took meanwhile, and nothing where the system does not say", () => {
    expect(hostShare({ all: 1_000, stolen: 10 }, { all: 1_400, stolen: 30 })).toBe(5)
    expect(hostShare(undefined, undefined)).toBeUndefined()
    expect(processorTimes()).toEqual(
      process.platform === "linux" ? { all: expect.any(Number), stolen: expect.any(Number) } : undefined,
    )
  })

  test.each([
    { shares: [5, 0, 4.9], counted: [0, 1, 2], why: "quiet ones count as they come" },
    { shares: [5.1, 2, 30, 1, 3], counted: [1, 3, 4], why: "noisy ones are made again" },
    {
      shares: [9, 8, 7, 6, 2, 10, 11, 12, 13],
      counted: [3, 4, 2],
      why: "after three times as many the quietest count",
    },
    { shares: [undefined, undefined, undefined], counted: [0, 1, 2], why: "all count where nobody knows" },
  ])("makes rounds until three were quiet, whatever they found: $why", async ({ shares, counted }) => {
    const rounds = await quietRounds(3, async round => ({ found: round, hostPercent: shares[round] }))
    expect(rounds.all.map(({ found }) => found)).toEqual(shares.map((_, round) => round))
    expect(rounds.counted.map(({ found }) => found).sort()).toEqual(counted.sort())
  })

  test("writes between the marks of its page and nowhere else", () => {
    const page = withRun(PAGE, ["a machine"], [FIGURE])
    expect(page).toMatch(/^before\n[\s\S]*- a machine[\s\S]*5\.00 × \*\*missed\*\*[\s\S]*\nafter\n$/)
    expect(withRun(page, ["a machine"], [FIGURE])).toBe(page)
    expect(() => withRun("no marks", [], [])).toThrow("marks")
  })

  test("draws a point for each figure of its chart", () => {
    const svg = chart({
      "rebuild, events/s": [10, 100].map(at => ({ at, rate: at * 5 })),
      "append by writers": [{ at: 1, rate: 7 }],
    })
    expect(svg.match(/<circle/g)).toHaveLength(3)
    expect(svg).not.toContain("NaN")
  })

  test.each([
    { word: "--help", ends: 0, says: "--assert" },
    { word: "apend", ends: 2, says: "there is no measurement apend" },
  ])("answers $word at once", ({ word, ends, says }) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, word], { encoding: "utf8" })
    expect(status).toBe(ends)
    expect(stdout + stderr).toContain(says)
  })

  test("runs small, by name, as a process", { timeout: 90_000 }, () => {
    const { status, stdout } = spawnSync(process.execPath, [RUN, "--scale", "small", "translate", "append"], {
      encoding: "utf8",
    })
    expect(status).toBe(0)
    const rows = stdout.split("\n").filter(line => line.startsWith("| translate") || line.startsWith("| append"))
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(Number.parseFloat(row.split(" | ")[1] ?? "")).toBeGreaterThan(0)
  })
})

const PAGE = `before
<!-- bench: what lies between the two marks is written by \`pnpm bench\` -->
old
<!-- bench: end -->
after
`
