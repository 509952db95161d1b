import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { dailyTotals, payments } from "@payfold/app"
import { firstDifference, type OpenReplay, openReplay, type ReplayFrom } from "@payfold/app/replay"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { Database } from "../../src/postgres/Database.ts"
import { dumpOf, viewDump } from "../../testing/views/viewDump.ts"
import { ROOT } from "../cli/runPayfold.ts"
import { fillNovember } from "./novemberLog.ts"

const folder = mkdtempSync(join(tmpdir(), "payfold-replay-"))
const file = join(folder, "log.ndjson")
let views = ""
beforeAll(async () => {
  const filled = Effect.all([fillNovember, viewDump("default", [payments, dailyTotals])])
  const database = Database.layer({ _tag: "PGlite", folder: join(folder, "database") })
  const [text, dump] = await Effect.runPromise(Effect.provide(filled, database))
  writeFileSync(file, text)
  views = dump
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const collected = async <A>(values: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const all: Array<A> = []
  for await (const value of values) all.push(value)
  return all
}

const sources: ReadonlyArray<readonly [string, () => ReplayFrom]> = [
  ["an exported file", () => ({ file })],
  ["a database", () => ({ databaseUrl: `pglite:${join(folder, "database")}` })],
]

describe.each(sources)("a replay from %s", (_, from) => {
  let replay: OpenReplay
  beforeAll(async () => {
    replay = await openReplay(from())
  }, 60_000)
  afterAll(() => replay.close())
  const places = async (filter: Parameters<OpenReplay["events"]>[0]) =>
    (await collected(replay.events(filter))).map(({ position }) => position)

  test("gives the events of the log in order, and those of a filter", async () => {
    const all = await collected(replay.events())
    expect(all.map(({ position }) => position)).toEqual(Array.from({ length: replay.head }, (__, index) => index + 1))
    const where = async (isWanted: (event: (typeof all)[number]) => boolean) =>
      all.filter(isWanted).map(one => one.position)
    expect(await places({ type: "PaymentPaid" })).toEqual(await where(({ event }) => event._tag === "PaymentPaid"))
    expect(await places({ provider: "univapay" })).toEqual([])
    expect(await places({ provider: "omise", method: "Konbini" })).toEqual([])
    expect(await places({ method: "CounterCash" })).toEqual(await where(() => true))
    expect(await places({ asOf: 3 })).toEqual([1, 2, 3])
    expect(await places({ asOf: "2026-10-31T01:00:01Z" })).toEqual([1, 2])
    const range = { since: "2026-11-01T00:00:00+09:00", before: "2026-11-02T00:00:00+09:00" }
    const inRange = await where(({ recordedAt }) => recordedAt.startsWith("2026-11-01T"))
    expect(await places(range)).toEqual(inRange)
    expect(inRange.length).toBeGreaterThan(2)
  })

  test("folds payments as of a moment", async () => {
    const statuses = async (asOf: string | number | undefined) =>
      Object.fromEntries(
        (await collected(replay.payments(asOf === undefined ? {} : { asOf }))).map(one => [one.id, one.payment.status]),
      )
    expect(await statuses(0)).toEqual({})
    expect(await statuses("2026-11-01T18:00:00+09:00")).toEqual({
      "omise:chrg_1": "awaiting",
      "omise:chrg_2": "expired",
    })
    const now = { "omise:chrg_1": "paid", "omise:chrg_2": "paid", "omise:chrg_3": "awaiting", "omise:chrg_4": "paid" }
    expect(await statuses(undefined)).toEqual(now)
    expect(await statuses(1_000)).toEqual(now)
  })

  test("samples the same payments every time, a smaller share among those of a larger", async () => {
    const ids = async (sample: number) => (await collected(replay.payments({ sample }))).map(({ id }) => id)
    const sizes = await Promise.all([0, 0.25, 0.5, 0.75, 1].map(ids))
    for (const [index, smaller] of sizes.entries())
      expect(sizes[index + 1] ?? smaller).toEqual(expect.arrayContaining(smaller))
    expect(sizes.map(sample => sample.length)).toEqual([0, 2, 3, 3, 4])
    const sampled = new Set((await collected(replay.events({ sample: 0.5 }))).map(({ payment }) => payment))
    expect([...sampled].sort()).toEqual(sizes[2])
  })

  test("gives the bodies as they came in, and what they imply", async () => {
    const received = await collected(replay.deliveries({ before: "2026-11-01T00:00:00+09:00" }))
    expect(received).toMatchObject([
      { deliveryId: 1, provider: "omise", verdict: "operator", receivedAt: "2026-10-31T01:00:01.000Z" },
      { deliveryId: 2 },
    ])
    const [first] = received
    if (first === undefined) throw new Error("there is a delivery")
    expect(replay.translate(first)).toMatchObject([{ _tag: "Implied", payment: "omise:chrg_1" }])
    expect(replay.translate({ ...first, body: null })).toEqual([])
    expect(await collected(replay.deliveries({ provider: "univapay" }))).toEqual([])
  })

  test("makes the tables of projections in memory: now as the views show them, and as of a moment", {
    timeout: 90_000,
  }, async () => {
    const tables = await replay.tables([payments, dailyTotals])
    const rows = { payments: await tables.rows("payments"), daily_totals: await tables.rows("daily_totals") }
    expect(dumpOf(rows)).toBe(views)
    const paid = tables.query(db =>
      db.selectFrom("payments").select("payment_id").where("status", "=", "paid").execute(),
    )
    expect(await paid).toHaveLength(3)
    const past = await replay.tables([payments], { asOf: "2026-11-01T18:00:00+09:00" })
    expect((await past.rows("payments")).map(row => row["status"])).toEqual(["awaiting", "expired"])
    const difference = await firstDifference(await past.rows("payments"), rows.payments)
    expect(difference).toMatchObject({ index: 0, one: { status: "awaiting" }, other: { status: "paid" } })
  })

  test("refuses a moment that is none", () => {
    expect(() => replay.events({ asOf: "yesterday" })).toThrow(/yesterday/)
    expect(() => replay.events({ since: "2026-11-01" })).toThrow(/2026-11-01/)
    expect(() => replay.payments({ sample: 2 })).toThrow(/0 to 1/)
  })
})

test("a database and its file are the same log", { timeout: 60_000 }, async () => {
  const [one, other] = await Promise.all(sources.map(([, from]) => openReplay(from())))
  if (one === undefined || other === undefined) throw new Error("there are two")
  expect(await firstDifference(one.events(), other.events())).toBeUndefined()
  expect(await firstDifference(one.payments(), other.payments())).toBeUndefined()
  expect(await firstDifference(one.deliveries(), other.deliveries())).toBeUndefined()
  expect(await firstDifference(one.events({ asOf: 4 }), other.events())).toMatchObject({ index: 4, one: undefined })
  await Promise.all([one.close(), other.close()])
})

test("a difference is told where it is, and nothing behind it is read", async () => {
  const endless = function* () {
    for (let number = 0; ; number++) yield number
  }
  expect(await firstDifference([1, 2], [1, 2])).toBeUndefined()
  expect(await firstDifference([1, 2], [1])).toEqual({ index: 1, one: 2, other: undefined })
  expect(await firstDifference([], [1])).toEqual({ index: 0, one: undefined, other: 1 })
  expect(await firstDifference(endless(), [0, 1, 3])).toEqual({ index: 2, one: 2, other: 3 })
})

test("a file that is cut, or not there, fails the replay", async () => {
  const cut = join(folder, "cut.ndjson")
  writeFileSync(cut, readFileSync(file, "utf8").slice(0, 4_000))
  const replay = await openReplay({ file: cut })
  await expect(collected(replay.events())).rejects.toMatchObject({ _tag: "LogFileFault" })
  await expect(openReplay({ file: join(folder, "none") })).rejects.toMatchObject({ _tag: "LogFileUnreadable" })
})

/** What each script of docs/replay.md prints. */
const PRINTED = {
  whatWeKnew: ["omise:chrg_1\tawaiting\t¥1,500\t", "omise:chrg_2\texpired\t¥2,980\t"],
  changedTwice: ["omise:chrg_2: awaiting → expired → paid"],
  // The fourth was told on the first of December, in Tokyo.
  retranslateNovember: [1, 2, 3].map(number => `omise:chrg_${number} deadline: unknown → "2026-07-01T09:00:00.000Z"`),
  monthlyTotals: ["2026-11 JPY\t¥4,480", "2026-12 JPY\t¥500"],
  konbiniTimes: [/^ {2}< 1 h {3}0$/, /^ < 48 h {2}█{40} 1$/, /^ < 72 h {2}█{40} 1$/, /^ longer {2}█{40} 1$/],
} as const

test.each(Object.entries(PRINTED))("the script %s answers its question", { timeout: 60_000 }, async (name, lines) => {
  const script = join(import.meta.dirname, "../examples/replay", `${name}.ts`)
  const { stdout } = await promisify(execFile)(process.execPath, [script, file], { cwd: ROOT })
  const printed = stdout.split("\n")
  for (const line of lines) {
    expect(printed, stdout).toContainEqual(typeof line === "string" ? line : expect.stringMatching(line))
  }
  if (typeof lines[0] === "string")
    expect(
      printed.filter(line => line !== ""),
      stdout,
    ).toHaveLength(lines.length)
})
