import { PGlite } from "@electric-sql/pglite"
import { Effect } from "effect"
import { columnParsers } from "../src/postgres/columnParsers.ts"
import { Database } from "../src/postgres/Database.ts"
import { migrate } from "../src/postgres/Migrate.ts"
import { openPGlite } from "../src/postgres/openPGlite.ts"
import type { Chance } from "../testing/laws/Chance.ts"
import { type CrashEngine, pgliteCrashes, postgresCrashes } from "../testing/laws/CrashEngine.ts"
import { type CrashPoint, differenceOf, runWithCrashes } from "../testing/laws/crashLaw.ts"
import { crashScripts } from "../testing/laws/crashScripts.ts"
import type { Found, Law } from "./Found.ts"
import { migratedDatabase } from "./migratedDatabase.ts"

/** Pairs of crashes tried for each script, drawn at random. */
const PAIRS = 50

export const crash: Law = async (server, chance) => {
  const url = await migratedDatabase(server, "crash")
  return [
    await everywhere(pgliteCrashes(await openMigrated()), ["before", "after"], chance),
    await everywhere(await postgresCrashes(url), ["before", "after", "cut"], chance),
  ]
}

/** The database layer closes the PGlite it was given; its dump is opened again. */
const openMigrated = async (): Promise<PGlite> => {
  const first = await openPGlite(undefined)
  const dump = Effect.andThen(
    migrate(),
    Effect.promise(() => first.dumpDataDir("none")),
  )
  const loadDataDir = await Effect.runPromise(dump.pipe(Effect.provide(Database.layerFromPGlite(async () => first))))
  return await PGlite.create({ loadDataDir, parsers: { ...columnParsers } })
}

const everywhere = async (
  engine: CrashEngine,
  kinds: readonly [CrashPoint["kind"], ...ReadonlyArray<CrashPoint["kind"]>],
  chance: Chance,
): Promise<Found> => {
  const violations: Array<string> = []
  let statements = 0
  let single = 0
  let pairs = 0
  for (const script of crashScripts) {
    const calm = await runWithCrashes(engine, script, [])
    statements += calm.statements
    const run = async (...crashes: ReadonlyArray<CrashPoint>) => {
      const difference = differenceOf(calm.state, await runWithCrashes(engine, script, crashes))
      if (difference !== undefined) violations.push(`${script.name}, ${JSON.stringify(crashes)}: ${difference}`)
    }
    for (let statement = 1; statement <= calm.statements; statement++) {
      for (const kind of kinds) {
        await run({ statement, kind })
        single += 1
      }
    }
    const somewhere = () => ({ statement: 1 + chance.below(calm.statements), kind: chance.oneOf(kinds) })
    for (let pair = 0; pair < PAIRS; pair++) {
      await run(somewhere(), somewhere())
      pairs += 1
    }
  }
  await engine.stop()
  return { what: engine.name, scripts: crashScripts.length, statements, single, pairs, violations }
}
