import { Redacted } from "effect"
import { describe, expect, inject, test } from "vitest"
import { Chance } from "../../testing/laws/Chance.ts"
import { type KillFound, type KillOptions, killLaw } from "../../testing/laws/killLaw.ts"
import { createDatabase } from "../describeEachEngine.ts"

/** The long run, and the one on a PGlite folder, is `laws/kill.ts`. */
describe("a process that is killed while it receives", () => {
  const run = async (receiver: KillOptions["receiver"], kills: number): Promise<KillFound> => {
    const url = await createDatabase(inject("postgresTemplate"))
    const text = url._tag === "Postgres" ? Redacted.value(url.url) : ""
    const found = await killLaw({ url: text, receiver, kills, chance: new Chance(Chance.anySeed()) })
    console.log(`kills of ${receiver}: ${JSON.stringify(found)}`)
    return found
  }

  test("has kept whatever it acknowledged, byte for byte", async () => {
    const found = await run("payfold", 3)
    expect(found.violations).toEqual([])
    expect(found.acknowledged).toBeGreaterThan(15)
  }, 60_000)

  test("has not, when it answers before it keeps", async () => {
    expect((await run("broken", 1)).violations).not.toEqual([])
  }, 60_000)
})
