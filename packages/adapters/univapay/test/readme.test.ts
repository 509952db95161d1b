import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, test } from "vitest"

const PACKAGE = new URL("..", import.meta.url)
const README = readFileSync(new URL("README.md", PACKAGE), "utf8")
const run = promisify(execFile)

/** Each TypeScript block with the text that the README says it prints. */
const EXAMPLES = [...README.matchAll(/```ts\n([\s\S]*?)```\s*```text\n([\s\S]*?)```/g)].map(
  ([, code = "", printed = ""]) => ({ code, printed }),
)

describe("the README", () => {
  test("shows what each of its examples prints", () => {
    expect(EXAMPLES).toHaveLength(README.split("```ts\n").length - 1)
  })

  test.each(EXAMPLES)("example %#", { timeout: 60_000 }, async ({ code, printed }) => {
    const { stdout } = await run(process.execPath, ["--input-type=module-typescript", "--eval", code], {
      cwd: fileURLToPath(PACKAGE),
    })
    expect(stdout).toBe(printed)
  })
})
