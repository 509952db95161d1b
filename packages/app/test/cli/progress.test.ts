import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { konbiniPaid } from "../bodies.ts"
import { jsonLines, ownDatabase, ROOT, runPayfold, runShell } from "./runPayfold.ts"

test("long work shows a bar on a terminal, JSON lines under --json, and nothing in a pipe", {
  timeout: 60_000,
}, async () => {
  const environment = ownDatabase()
  const folder = environment["PAYFOLD_DATABASE_URL"]?.slice("pglite:".length) ?? ""
  const file = join(folder, "one.json")
  writeFileSync(file, JSON.stringify(konbiniPaid))
  const bytes = Buffer.byteLength(JSON.stringify(konbiniPaid))

  const asJson = await runPayfold(["ingest", "omise", "--json", file], { environment })
  const last = jsonLines(asJson.stderr).at(-1)
  expect(last).toMatchObject({ progress: "ingest", unit: "bytes", done: bytes, total: bytes, secondsLeft: 0 })

  const piped = await runPayfold(["rebuild", "payments"], { environment })
  expect(piped).toMatchObject({ code: 0, stderr: "" })

  const payfold = join(ROOT, "packages/app/src/cli/main.js")
  const shown = await runShell(`script -qec 'node ${payfold} rebuild payments' /dev/null`, environment)
  expect(shown.code).toBe(0)
  expect(shown.stdout).toContain("rebuild payments [####################] 100 % of 3 events, ")
  // The bar is gone from the line on which the answer stands.
  expect(shown.stdout).toContain("\r\u001b[Kpayments: ")
})
