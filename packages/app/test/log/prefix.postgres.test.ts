import { Effect, Redacted } from "effect"
import { describe, expect, inject, test } from "vitest"
import { Database } from "../../src/postgres/Database.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { prefixLaw } from "../../testing/laws/prefixLaw.ts"
import { earlyCounterStore, payfoldStore, type RacingStore, sequenceStore } from "../../testing/laws/RacingStore.ts"
import { addMerchant, createDatabase } from "../describeEachEngine.ts"

/** PGlite has one connection: nobody commits beside anybody there. The long run of this is `laws/prefix.ts`. */
describe("a reader has at all times seen a prefix of the final order", () => {
  const run = async (store: RacingStore, appends: number) => {
    const url = await createDatabase(inject("postgresTemplate"))
    await Effect.runPromise(addMerchant("m").pipe(Effect.provide(Database.layer(url))))
    const text = url._tag === "Postgres" ? Redacted.value(url.url) : ""
    const seed = Chance.anySeed()
    const found = await prefixLaw(store, { url: text, merchant: "m", connections: 64, appends, seed })
    console.log(`prefix, ${store.name}: ${JSON.stringify(found)}`)
    return found
  }

  test("with 64 connections that commit, roll back and are killed", async () => {
    const found = await run(payfoldStore, 500)
    expect(found.violations).toEqual([])
    expect(found.acknowledged + found.rolledBack + found.unknown).toBe(500)
    expect(found.events).toBeGreaterThan(1_500)
  }, 60_000)

  test.each([sequenceStore, earlyCounterStore])("which $name breaks", async store => {
    const violations = new Set<string>()
    // A short run may be lucky.
    for (let runs = 0; runs < 5 && !violations.has("prefix"); runs++) {
      for (const violation of (await run(store, 200)).violations) violations.add(violation)
    }
    expect(violations).toContain("prefix")
  })
})
