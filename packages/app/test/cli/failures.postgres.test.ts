import { spawn } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Redacted } from "effect"
import pg from "pg"
import { expect, test } from "vitest"
import { konbiniPaid } from "../bodies.ts"
import { createDatabase } from "../describeEachEngine.ts"
import { jsonLines, ownDatabase, type Ran, ROOT, runPayfold } from "./runPayfold.ts"

const MAIN = join(ROOT, "packages/app/src/cli/main.js")

const postgresUrl = async (): Promise<string> => {
  const url = await createDatabase("template1")
  if (url._tag !== "Postgres") throw new Error("a database of the test's server has its address")
  return Redacted.value(url.url)
}

/** One paragraph on standard error, exit 1, no stack; what it says is compared. */
const isParagraph = (ran: Ran, ...said: ReadonlyArray<string>) => {
  expect(ran.code).toBe(1)
  expect(ran.stderr.trim().split("\n")).toHaveLength(1)
  for (const part of said) expect(ran.stderr).toContain(part)
}

test("a failure says what happened, what is safe and what to do", { timeout: 120_000 }, async () => {
  const run = (url: string, ...words: ReadonlyArray<string>) =>
    runPayfold(words, { environment: { PAYFOLD_DATABASE_URL: url } })
  isParagraph(await run("postgres://payfold:hidden@127.0.0.1:1/none", "status"), "ECONNREFUSED", "check that it runs")

  const url = await postgresUrl()
  isParagraph(await run(url, "status"), "Nothing was changed.", "Run: payfold migrate")

  const missing = new URL(url)
  missing.pathname = "/not_there"
  isParagraph(await run(missing.toString(), "status"), "3D000", "Create the database")

  const stranger = new URL(url)
  stranger.username = "nobody_here"
  isParagraph(await run(stranger.toString(), "status"), "PAYFOLD_DATABASE_URL", "Check the user")

  expect((await run(url, "migrate")).code).toBe(0)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("insert into payfold.migration (name, timestamp) values ('9999-later', '')")
  isParagraph(await run(url, "payments"), "9999-later", "Use the Payfold that migrated it")
  await client.query("delete from payfold.migration where name = '9999-later'")
  isParagraph(await run(url, "rebuild", "orders", "--merchant", "nobody", "--diff"), "nobody", "payfold merchant list")
  await client.query(`alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = on`)
  await client.end()
  isParagraph(await run(url, "merchant", "add", "another"), "25006", "The server only reads")

  const folder = ownDatabase()["PAYFOLD_DATABASE_URL"]?.slice("pglite:".length) ?? ""
  const file = join(folder, "a-file")
  writeFileSync(file, "")
  isParagraph(await run(`pglite:${file}/below`, "status"), "cannot be used", "name another folder")
  mkdirSync(join(folder, "a-folder"))
  const unreadable = await run(`pglite:${folder}/db`, "ingest", "omise", join(folder, "a-folder"))
  isParagraph(unreadable, "EISDIR", "Mend the input")
})

test("parked reactions are listed and retried by hand; a view of another version is warned of", {
  timeout: 60_000,
}, async () => {
  const environment = { PAYFOLD_DATABASE_URL: await postgresUrl() }
  const run = (...words: ReadonlyArray<string>) =>
    runPayfold(words, { environment, input: JSON.stringify(konbiniPaid) })
  expect((await run("migrate")).code).toBe(0)
  expect(await run("reactions")).toMatchObject({ code: 0, stdout: "", stderr: "No reaction is parked\n" })
  const client = new pg.Client({ connectionString: environment.PAYFOLD_DATABASE_URL })
  await client.connect()
  await client.query(`insert into payfold.reaction_task
    (merchant, reaction, payment_id, position, from_status, to_status, recorded_at, attempts, due_at, parked, last_error)
    values ('default', 'ship', 'omise:chrg_1', 3, 'awaiting', 'paid', now(), 8, now(), true, 'the shop is closed')`)
  const listed = await run("reactions", "--json")
  const transition = { payment: "omise:chrg_1", from: "awaiting", to: "paid", position: 3 }
  expect(jsonLines(listed.stdout)).toMatchObject([
    { reaction: "ship", attempts: 8, lastError: "the shop is closed", transition },
  ])
  isParagraph(await run("rebuild", "payments"), "1 reactions are parked", "payfold reactions lists them")
  expect((await run("reactions", "retry", "omise:chrg_2", "--json")).stdout).toBe('{"unparked":0}\n')
  expect((await run("reactions", "retry", "omise:chrg_1")).stdout).toContain("1 reaction due again")
  const { rows } = await client.query("select parked, attempts from payfold.reaction_task")
  expect(rows).toEqual([{ parked: false, attempts: 0 }])

  await client.query("update payfold.build set projection_version = 99 where projection = 'payments'")
  await client.end()
  const ingested = await run("ingest", "omise")
  expect(ingested.code).toBe(0)
  expect(ingested.stderr).toContain("payfold: warning: The view payments was made with version 99.")
  expect(ingested.stderr).toContain("Run: payfold rebuild payments")
  expect((await run("status", "--json")).stdout).toContain(
    '"rebuildNeeded":"The view payments was made with version 99.',
  )
  expect((await run("rebuild", "payments")).code).toBe(0)
  expect((await run("status", "--json")).stdout).not.toContain('"rebuildNeeded":"')
})

test("a folder is used by one process, and the second one says who has it; Ctrl-C ends the first and says what is safe", {
  timeout: 60_000,
}, async () => {
  const environment = ownDatabase()
  const first = spawn(process.execPath, [MAIN, "ingest", "omise", "--json"], {
    env: { ...process.env, ...environment },
  })
  let said = ""
  first.stderr.setEncoding("utf8").on("data", text => {
    said += text
  })
  const ended = new Promise<number | null>(resolve => first.on("close", resolve))
  // A hundred bodies are one chunk: its answers mean that the folder is open and all of them are recorded; then it waits for more.
  first.stdin.write(Array.from({ length: 100 }, () => `${JSON.stringify(konbiniPaid)}\n`).join(""))
  await new Promise(resolve => first.stdout.once("data", resolve))
  isParagraph(await runPayfold(["status"], { environment }), `in use by process ${first.pid}`, "Nothing was opened")
  first.kill("SIGINT")
  expect(await ended).toBe(130)
  expect(said).toContain("payfold: stopped. What was recorded stays")
  const verified = await runPayfold(["verify", "--json"], { environment })
  expect(verified.code).toBe(0)
  expect(verified.stdout).toContain('"events":3')
})

test("a stack is printed with --debug, and only then", { timeout: 60_000 }, async () => {
  const environment = { PAYFOLD_DATABASE_URL: "postgres://payfold:hidden@127.0.0.1:1/payfold" }
  const plain = await runPayfold(["payments"], { environment })
  const debug = await runPayfold(["payments", "--debug"], { environment })
  expect(plain.stderr).not.toMatch(/^\s+at /m)
  expect(debug).toMatchObject({ code: 1 })
  expect(debug.stderr).toContain("DatabaseFailure")
  expect(debug.stderr).toMatch(/^\s+at /m)
  expect(debug.stderr).not.toContain("hidden")
})
