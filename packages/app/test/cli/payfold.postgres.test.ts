import { Redacted } from "effect"
import { expect, test } from "vitest"
import { KONBINI, konbiniPaid } from "../bodies.ts"
import { createDatabase } from "../describeEachEngine.ts"
import { jsonLines, runPayfold } from "./runPayfold.ts"

test("on PostgreSQL, migrates only when told to, and then records and shows", { timeout: 60_000 }, async () => {
  const url = await createDatabase("template1")
  if (url._tag !== "Postgres") throw new Error("a database of the test's server has its address")
  const environment = { PAYFOLD_DATABASE_URL: Redacted.value(url.url) }
  const run = (words: ReadonlyArray<string>, input = "") => runPayfold(words, { environment, input })

  const early = await run(["payments"])
  expect(early.code).toBe(1)
  expect(early.stderr).toContain("Run: payfold migrate")

  expect((await run(["migrate"])).code).toBe(0)
  expect((await run(["migrate"])).stdout).toContain("up to date")
  expect((await run(["migrate", "--roles"])).stdout).toContain(
    "payfold_ingest, payfold_project, payfold_replay, payfold_read",
  )
  expect((await run(["ingest", "omise"], JSON.stringify(konbiniPaid))).code).toBe(0)
  expect(jsonLines((await run(["payments", "--json"])).stdout)).toMatchObject([{ payment_id: KONBINI, status: "paid" }])
  expect((await run(["verify"])).code).toBe(0)
})

test("says in one line that no server answers, without the password", async () => {
  const environment = { PAYFOLD_DATABASE_URL: "postgres://payfold:hidden@127.0.0.1:1/payfold" }
  const ran = await runPayfold(["payments"], { environment })
  expect(ran.code).toBe(1)
  expect(ran.stderr.trim().split("\n")).toHaveLength(1)
  expect(ran.stderr).not.toContain("hidden")
})
