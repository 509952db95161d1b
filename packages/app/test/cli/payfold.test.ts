import { describe, expect, test } from "vitest"
import { KONBINI, konbiniPaid, konbiniWaits } from "../bodies.ts"
import { jsonLines, ownDatabase, runPayfold, runShell } from "./runPayfold.ts"

const NO_STACK = /^\s+at /m

describe("translate", () => {
  test("prints one line for what is not JSON, and exits 1", async () => {
    const ran = await runPayfold(["translate", "omise", "-"], { input: "{\n" })
    expect(ran.code).toBe(1)
    const lines = jsonLines(ran.stdout)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ _tag: "Unreadable", reason: expect.stringContaining("not JSON") })
    expect(ran.stderr).toBe("")
  })

  test("prints the implied events, oldest first, and opens no database", async () => {
    const environment = { PAYFOLD_DATABASE_URL: "nonsense" }
    const ran = await runPayfold(["translate", "omise"], { input: JSON.stringify(konbiniPaid, null, 2), environment })
    expect(ran).toMatchObject({ code: 0, stderr: "" })
    expect(jsonLines(ran.stdout).map(line => [line["_tag"], line["payment"]])).toEqual([
      ["PaymentCreated", KONBINI],
      ["PaymentAwaiting", KONBINI],
      ["PaymentPaid", KONBINI],
    ])
  })

  test("reads NDJSON line by line and says which line could not be read", async () => {
    const input = `${JSON.stringify(konbiniWaits)}\n\nnot json\n${JSON.stringify({ object: "customer", id: "cust_1" })}\n`
    const ran = await runPayfold(["translate", "omise"], { input })
    expect(ran.code).toBe(1)
    expect(jsonLines(ran.stdout).map(line => [line["_tag"], line["source"]])).toEqual([
      ["PaymentCreated", "stdin:1"],
      ["PaymentAwaiting", "stdin:1"],
      ["Unreadable", "stdin:3"],
      ["Ignored", "stdin:4"],
    ])
  })

  test("exits 0 for what is ignored", async () => {
    const ran = await runPayfold(["translate", "omise"], { input: '{"object":"customer","id":"cust_1"}' })
    expect(ran.code).toBe(0)
  })
})

describe("wrong usage", () => {
  test.each([
    [["translate"], "provider"],
    [["translate", "stripe"], "stripe"],
    [["paymets"], "paymets"],
    [["payments", "--status", "lost"], "lost"],
    [["rebuild", "--as-of", "yesterday"], "yesterday"],
    [["rebuild", "--merchant", "default"], "--merchant"],
    [["rebuild", "--back", "--drop-old"], "--back"],
  ])("%j exits 2 with one line that names it", async (words, named) => {
    const ran = await runPayfold(words, { environment: ownDatabase() })
    expect(ran.code).toBe(2)
    expect(ran.stdout).toBe("")
    expect(ran.stderr.trim().split("\n")).toHaveLength(1)
    expect(ran.stderr).toContain(named)
    expect(ran.stderr).not.toMatch(NO_STACK)
  })
})

describe("a failure", () => {
  test("is one paragraph without a stack, and exits 1", async () => {
    const environment = { PAYFOLD_DATABASE_URL: "mysql://user:secret@host/db" }
    const ran = await runPayfold(["payments"], { environment })
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain("mysql://")
    expect(ran.stderr).not.toContain("secret")
    expect(ran.stderr).not.toMatch(NO_STACK)
  })

  test("names a file that is not there", async () => {
    const ran = await runPayfold(["translate", "omise", "no-such-file.json"])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain("no-such-file.json")
    expect(ran.stderr).not.toMatch(NO_STACK)
  })

  test("names the payment that is not there", async () => {
    const ran = await runPayfold(["show", "omise:chrg_none"], { environment: ownDatabase() })
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain("omise:chrg_none")
  })
})

test("records, lists, shows, rebuilds and verifies in one folder, process after process", {
  timeout: 120_000,
}, async () => {
  const environment = ownDatabase()
  const empty = await runPayfold(["payments", "--json"], { environment })
  expect(empty).toMatchObject({ code: 0, stdout: "" })

  const input = `${JSON.stringify(konbiniWaits)}\n${JSON.stringify(konbiniPaid)}\n`
  const first = await runPayfold(["ingest", "omise", "--json"], { environment, input })
  expect(first.code).toBe(0)
  expect(jsonLines(first.stdout).map(line => (line["events"] as ReadonlyArray<unknown>).length)).toEqual([2, 2])

  const again = await runPayfold(["ingest", "omise"], { environment, input })
  expect(again.stdout).toContain("0 events recorded")

  const broken = await runPayfold(["ingest", "omise"], { environment, input: "{" })
  expect(broken.code).toBe(1)
  expect(broken.stdout).toContain("quarantined")

  const listed = await runPayfold(["payments", "--status", "paid", "--json"], { environment })
  expect(jsonLines(listed.stdout)).toMatchObject([{ payment_id: KONBINI, status: "paid" }])

  const shown = await runPayfold(["show", KONBINI], { environment })
  expect(shown.stdout).toContain("PaymentPaid")

  const inbox = await runPayfold(["inbox", "--quarantined", "--json"], { environment })
  expect(jsonLines(inbox.stdout)).toMatchObject([{ state: "quarantined", bytes: 1 }])

  const rebuilt = await runPayfold(["rebuild", "--json"], { environment })
  const same = { payments: 1, differences: { changed: 0, onlyBefore: 0, onlyAfter: 0 }, switched: true }
  expect(jsonLines(rebuilt.stdout)).toMatchObject(
    ["payments", "due", "daily_totals", "discrepancies", "orders"].map(projection => ({ projection, ...same })),
  )
  const back = await runPayfold(["rebuild", "payments", "--back"], { environment })
  expect(back).toMatchObject({ code: 0, stderr: "" })
  const dropped = await runPayfold(["rebuild", "--drop-old", "--json"], { environment })
  expect(jsonLines(dropped.stdout).map(line => line["dropped"])).toEqual([1, 1, 1, 1, 1])

  const asOf = await runPayfold(["rebuild", "--as-of", "2", "--json"], { environment })
  expect(jsonLines(asOf.stdout)).toMatchObject([{ payment_id: KONBINI, status: "awaiting" }])

  const verified = await runPayfold(["verify"], { environment })
  expect(verified.code).toBe(0)
  expect(verified.stdout).toContain("The log is sound")
  expect(verified.stdout).toContain("The views equal the log")

  const migrated = await runPayfold(["migrate"], { environment })
  expect(migrated.stdout).toContain("up to date")
})

test("ends quietly when the reader closes the pipe", async () => {
  const line = `for i in $(seq 1 20000); do echo '{"object":"customer","id":"cust_1"}'; done | node packages/app/src/cli/main.js translate omise | head -n 1`
  const ran = await runShell(line)
  expect(ran.stdout.trim().split("\n")).toHaveLength(1)
  expect(ran.stderr).not.toMatch(NO_STACK)
})

test("shows where everything stands, and takes deliveries up again", { timeout: 60_000 }, async () => {
  const environment = ownDatabase()
  const run = (...words: ReadonlyArray<string>) => runPayfold(words, { environment, input: "{" })
  await run("ingest", "omise")

  expect(jsonLines((await run("status", "--json")).stdout)).toMatchObject([
    { merchant: "default", position: 0, waiting: 0, quarantined: 1, engine: "pglite" },
  ])
  expect((await run("inbox", "retry")).stdout).toContain("1 delivery tried again, 1 still in quarantine")
  expect((await run("inbox", "retranslate", "--diff")).stdout).toContain("0 payments would change")
  expect((await run("inbox", "prune", "--before", "2999-01-01")).stdout).toContain("0 bodies dropped")
  expect((await run("inbox", "prune", "--before", "soon")).code).toBe(2)

  expect((await run("merchant", "add", "bangkok", "--time-zone", "Asia/Bangkok")).code).toBe(0)
  expect(jsonLines((await run("merchant", "list", "--json")).stdout)).toMatchObject([
    { merchant: "bangkok", timeZone: "Asia/Bangkok" },
    { merchant: "default", timeZone: "Asia/Tokyo" },
  ])
  const refused = await run("merchant", "set", "bangkok", "--time-zone", "Mars/Olympus")
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain("Mars/Olympus")
})
