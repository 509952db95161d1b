import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { migratedDatabase } from "../../laws/migratedDatabase.ts"
import { catchUp, ingest, payments, rebuild } from "../../src/App.ts"
import { alternate, rateOf } from "../alternate.ts"
import { paidBody, waitingBody } from "../books.ts"
import { growLog } from "../growLog.ts"
import { type Figure, type Measurement, sized } from "../Measurement.ts"
import { MERCHANT, type OpenBench, openBench, postgresUrl } from "../openBench.ts"

/** The same work on both engines, in turns: PGlite in a folder, PostgreSQL on the loopback interface. */
export const pglite: Measurement = {
  name: "pglite",
  measure: async bench => {
    const folder = mkdtempSync(join(tmpdir(), "payfold-bench-"))
    const server = await bench.postgres()
    const onPGlite = await openBench({ _tag: "PGlite", folder: join(folder, "log") })
    const onPostgres = await openBench(postgresUrl(await migratedDatabase(server, "pglite")))
    try {
      const events = sized(bench, 100_000, 1_000)
      const bodies = sized(bench, 1_000, 40)
      for (const engine of [onPGlite, onPostgres]) {
        await growLog(engine, events)
        await engine.run(Effect.asVoid(catchUp(MERCHANT, payments)))
      }
      const rebuilding = (engine: OpenBench) => () => rateOf(events, () => engine.run(rebuild(payments)))
      const ingesting = (engine: OpenBench) => (round: number) =>
        rateOf(bodies, () => ingestBodies(engine, round, bodies))
      const rebuilt = await alternate(bench.rounds, { pglite: rebuilding(onPGlite), postgres: rebuilding(onPostgres) })
      const ingested = await alternate(bench.rounds, { pglite: ingesting(onPGlite), postgres: ingesting(onPostgres) })
      return { figures: [share("ingest", ingested, "bodies"), share("rebuild", rebuilt, "events")] }
    } finally {
      await onPGlite.close()
      await onPostgres.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function share(what: string, found: { readonly pglite: number; readonly postgres: number }, unit: string): Figure {
  return {
    work: `PGlite: ${what}, share of the PostgreSQL figure`,
    value: (100 * found.pglite) / found.postgres,
    unit: "%",
    must: { atLeast: 20 },
    aim: { atLeast: 50 },
    behind: `${Math.round(found.pglite)} ${unit}/s; PostgreSQL ${Math.round(found.postgres)} ${unit}/s`,
  }
}

/** Two bodies of each payment, by the operator's `ingest`, which returns when the views show them. */
function ingestBodies(engine: OpenBench, round: number, count: number): Promise<unknown> {
  // Behind the payments of the log.
  const first = 50_000_000 + round * count
  const indexes = Array.from({ length: count / 2 }, (_, index) => first + index)
  const bodies = indexes.flatMap(index => [waitingBody(index), paidBody(index)])
  return engine.run(
    ingest(
      MERCHANT,
      "omise",
      bodies.map(bytes => ({ bytes, source: "benchmark" })),
    ),
  )
}
