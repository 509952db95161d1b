import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"

const PACKAGE = new URL("..", import.meta.url)
const README = readFileSync(new URL("README.md", PACKAGE), "utf8")
const run = promisify(execFile)

/** Each TypeScript block with the text that the README of provider-http says it prints. */
const EXAMPLES = [...README.matchAll(/```ts\n([\s\S]*?)```\s*```text\n([\s\S]*?)```/g)].map(
  ([, code = "", printed = ""]) => ({ code, printed }),
)

describe("the README of provider-http", () => {
  it("shows what each of its examples prints", () => {
    expect(EXAMPLES).toHaveLength(README.split("```ts\n").length - 1)
  })

  it.each(EXAMPLES)(
    "example %#",
    async ({ code, printed }) => {
      const options = { cwd: fileURLToPath(PACKAGE) }
      const { stdout } = await run(process.execPath, ["--input-type=module-typescript", "--eval", code], options)
      expect(stdout).toBe(printed)
    },
    60_000,
  )
})
