import { openAsBlob } from "node:fs"
import { PGlite } from "@electric-sql/pglite"
import { Redacted } from "effect"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { columnParsers } from "../../src/postgres/columnParsers.ts"
import { marksFirst } from "../../testing/laws/brokenStatements.ts"
import { Chance } from "../../testing/laws/Chance.ts"
import { type CrashEngine, pgliteCrashes, postgresCrashes } from "../../testing/laws/CrashEngine.ts"
import { type CrashPoint, differenceOf, runWithCrashes } from "../../testing/laws/crashLaw.ts"
import { crashScripts, manyAtOnce } from "../../testing/laws/crashScripts.ts"
import { createDatabase } from "../describeEachEngine.ts"

const chance = new Chance(Chance.anySeed())
console.log(`crash points chosen with seed ${chance.seed}`)

/** Every script with a few of its crash points; `laws/crash.ts` runs them all, and pairs of them. */
describe.each(["pglite", "postgres"] as const)("a crash at a statement, on %s", { timeout: 60_000 }, name => {
  let engine: CrashEngine
  const kinds: readonly [CrashPoint["kind"], ...ReadonlyArray<CrashPoint["kind"]>] =
    name === "pglite" ? ["before", "after"] : ["before", "after", "cut"]

  beforeAll(async () => {
    if (name === "pglite") {
      const parsers = { ...columnParsers }
      engine = pgliteCrashes(await PGlite.create({ loadDataDir: await openAsBlob(inject("migratedPGlite")), parsers }))
    } else {
      const url = await createDatabase(inject("postgresTemplate"))
      engine = await postgresCrashes(url._tag === "Postgres" ? Redacted.value(url.url) : "")
    }
  })
  afterAll(() => engine.stop())

  test.each(crashScripts)("changes nothing in the end: $name", async script => {
    const calm = await runWithCrashes(engine, script, [])
    expect(calm.state.verified).toBe("sound")
    for (let round = 0; round < (name === "pglite" ? 2 : 1); round++) {
      const crashes = Array.from({ length: 1 + chance.below(2) }, () => ({
        statement: 2 + chance.below(calm.statements - 1),
        kind: chance.oneOf(kinds),
      }))
      const run = await runWithCrashes(engine, script, crashes)
      expect({ crashes, difference: differenceOf(calm.state, run) }).toEqual({ crashes, difference: undefined })
    }
  })

  /** A transaction cannot be committed behind the back of PGlite's own. */
  test("is found out in a drainer that marks first and appends later", async () => {
    if (name === "pglite") return
    const calm = await runWithCrashes(engine, manyAtOnce, [])
    let difference: string | undefined
    for (let statement = calm.statements; statement > 0 && difference === undefined; statement--) {
      const run = await runWithCrashes(engine, manyAtOnce, [{ statement, kind: "after" }], marksFirst)
      difference = differenceOf(calm.state, run)
    }
    expect(difference).toMatch(/^event: /)
  })
})
