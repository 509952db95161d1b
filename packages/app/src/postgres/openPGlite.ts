import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { PGlite } from "@electric-sql/pglite"
import { columnParsers } from "./columnParsers.ts"
import { PLAN_BY_INDEX } from "./planByIndex.ts"

/**
 * PostgreSQL inside this process, in memory or in a folder the caller holds the lock of. The import waits until it is needed: the
 * WebAssembly module is the largest part of a start.
 *
 * The cluster lies in `postgres` under the folder. A process killed while it was being created leaves half of one, which PGlite can
 * neither open nor repair. The `complete` file says creation ended; a cluster without it never held an event and is moved aside.
 */
export const openPGlite = async (folder: string | undefined): Promise<PGlite> => {
  const { PGlite } = await import("@electric-sql/pglite")
  const parsers = { ...columnParsers }
  if (folder === undefined) return await planningByIndex(await PGlite.create({ parsers }))
  const cluster = join(folder, "postgres")
  const complete = join(folder, "complete")
  if (existsSync(cluster) && !existsSync(complete)) renameSync(cluster, join(folder, `interrupted-${Date.now()}`))
  mkdirSync(cluster, { recursive: true })
  const pglite = await PGlite.create({ dataDir: cluster, parsers })
  if (!existsSync(complete)) writeFileSync(complete, "")
  return await planningByIndex(pglite)
}

const planningByIndex = async (pglite: PGlite): Promise<PGlite> => {
  await pglite.exec(PLAN_BY_INDEX)
  return pglite
}
