import { Redacted } from "effect"
import { describe, expect, inject, test } from "vitest"
import { Chance } from "../../testing/laws/Chance.ts"
import { viewKillLaw } from "../../testing/laws/viewKillLaw.ts"
import type { Worker } from "../../testing/laws/viewKillParts.ts"
import { createDatabase } from "../describeEachEngine.ts"

/** The long run, and the one on a PGlite folder, is `laws/viewKills.ts`. */
describe("a process that is killed while it projects, reacts and rebuilds", () => {
  const run = async (worker: Worker, kills: number) => {
    const url = await createDatabase(inject("postgresTemplate"))
    const text = url._tag === "Postgres" ? Redacted.value(url.url) : ""
    const found = await viewKillLaw({ url: text, worker, kills, chance: new Chance(Chance.anySeed()) })
    console.log(`kills of ${worker}: ${JSON.stringify(found)}`)
    return found
  }

  test("leaves views, reactions and rebuild as if it had not been", async () => {
    expect((await run("payfold", 3)).violations).toEqual([])
  }, 60_000)

  test("does not, when rows are committed apart from their checkpoint", async () => {
    expect((await run("broken", 1)).violations).not.toEqual([])
  }, 60_000)
})
