import { existsSync, readFileSync, statSync } from "node:fs"
import { expect, test } from "vitest"
import { konbiniPaid } from "../bodies.ts"
import { jsonLines, ownDatabase, runPayfold, runShell } from "./runPayfold.ts"

const MAIN = "node packages/app/src/cli/main.js"

test("a log goes from one folder to another by a file, a pipe, and again by the file", {
  timeout: 120_000,
}, async () => {
  const environment = ownDatabase()
  const other = ownDatabase()
  await runPayfold(["ingest", "omise"], { environment, input: JSON.stringify(konbiniPaid) })

  const out = `${environment["PAYFOLD_DATABASE_URL"]?.slice("pglite:".length)}/log.ndjson`
  expect(await runPayfold(["export", "--out", out], { environment })).toEqual({ code: 0, stdout: "", stderr: "" })
  expect(statSync(out).mode & 0o777).toBe(0o600)
  expect(existsSync(`${out}.unfinished`)).toBe(false)
  const file = readFileSync(out, "utf8")

  // A damaged file: the line, what was found, what was expected, in one paragraph.
  const damaged = await runPayfold(["import"], { environment: other, input: file.replace("1500", "1501") })
  expect(damaged).toMatchObject({ code: 1, stdout: "" })
  expect(damaged.stderr).toMatch(
    /^payfold: Line 4 of the file: found chain: .*, expected .*\. Nothing was stored\. .*\n$/,
  )

  const line = `PAYFOLD_DATABASE_URL=${environment["PAYFOLD_DATABASE_URL"]} ${MAIN} export | ${MAIN} import --json`
  const piped = await runShell(line, other)
  expect(jsonLines(piped.stdout)).toMatchObject([{ _tag: "Imported", merchant: "default", events: 3, deliveries: 1 }])
  expect(piped.code).toBe(0)

  const again = await runPayfold(["import", out], { environment: other })
  expect(again).toEqual({ code: 0, stdout: "Already there: 3 events and 1 delivery of default\n", stderr: "" })

  expect((await runPayfold(["verify"], { environment: other })).code).toBe(0)
  expect((await runPayfold(["export"], { environment: other })).stdout).toBe(file)

  // A reader that has enough closes the pipe, and nothing is wrong.
  const first = await runShell(`${MAIN} export | head -n 1`, environment)
  expect(first).toMatchObject({ code: 0, stderr: "" })
  expect(jsonLines(first.stdout)).toMatchObject([{ format: "payfold-log", head: { position: 3 } }])

  for (const words of [
    ["import", "no-such-file.ndjson"],
    ["export", "--out", `${out}/no-folder.ndjson`],
  ]) {
    const ran = await runPayfold(words, { environment: other })
    expect(ran).toMatchObject({ code: 1, stdout: "" })
    expect(ran.stderr.trim().split("\n")).toHaveLength(1)
    expect(ran.stderr).toContain(words.at(-1))
  }
})
