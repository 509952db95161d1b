import { Redacted } from "effect"
import { describe, expect, inject, test } from "vitest"
import { Chance } from "../../testing/laws/Chance.ts"
import { type KillCliOptions, killCliLaw } from "../../testing/laws/killCliLaw.ts"
import { createDatabase } from "../describeEachEngine.ts"

/** The long run, and the one on a PGlite folder, is `laws/killCli.ts`. */
describe("a command that is killed at a random moment", () => {
  const run = async (options: Pick<KillCliOptions, "command" | "program" | "kills" | "bodies">) => {
    const url = await createDatabase(inject("postgresTemplate"))
    const text = url._tag === "Postgres" ? Redacted.value(url.url) : ""
    const found = await killCliLaw({ ...options, url: text, chance: new Chance(Chance.anySeed()) })
    console.log(`kills of ${options.program} ${options.command}: ${JSON.stringify(found)}`)
    return found
  }

  test.each(["ingest", "rebuild"] as const)(
    "%s leaves what verify passes, and completes when repeated",
    {
      timeout: 120_000,
    },
    async command => {
      const found = await run({ command, program: "payfold", kills: 3, bodies: 60 })
      expect(found.violations).toEqual([])
    },
  )

  test("is found out where rows and checkpoint are committed one after the other", { timeout: 120_000 }, async () => {
    const found = await run({ command: "ingest", program: "broken", kills: 1, bodies: 20 })
    expect(found.violations.join()).toContain("daily_totals")
  })
})
