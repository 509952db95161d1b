import { expect, test } from "vitest"
import { cliPage, readCliPage } from "./cliPage.ts"
import { COMMANDS } from "./commandTree.ts"

test("docs/cli.md says what the help texts say (writeCliPage.ts writes it)", async () => {
  expect(readCliPage()).toBe(await cliPage())
})

test("docs/cli.md has a section for every command", () => {
  const headings = [...readCliPage().matchAll(/^## (payfold.*)$/gm)].map(([, name]) => name)
  expect(headings).toEqual(COMMANDS.map(({ path }) => path.join(" ")))
})
