import { Effect, Redacted, type Scope } from "effect"
import { type Dialect, PostgresDialect } from "kysely"
import { attempt } from "./attempt.ts"
import type { DatabaseFailure } from "./DatabaseFailure.ts"
import type { DatabaseLimits } from "./DatabaseLimits.ts"
import type { DatabaseUrl } from "./DatabaseUrl.ts"
import { type FolderInUse, type FolderUnusable, holdFolder } from "./FolderLock.ts"
import { openPGlite } from "./openPGlite.ts"
import { pgliteDialect } from "./pgliteDialect.ts"

export type OpenFailure = DatabaseFailure | FolderInUse | FolderUnusable

/** What Kysely needs to talk to the database at this address; opened here, closed with the scope. The drivers load when asked for. */
export const openDialect = (
  url: DatabaseUrl,
  limits: DatabaseLimits,
): Effect.Effect<Dialect, OpenFailure, Scope.Scope> => {
  switch (url._tag) {
    case "Postgres":
      return postgresDialect(Redacted.value(url.url), limits)
    case "PGlite":
      // The lock first: its release comes after PGlite has closed.
      return Effect.andThen(
        holdFolder(url.folder),
        pgliteDialect(() => openPGlite(url.folder)),
      )
    case "Memory":
      return pgliteDialect(() => openPGlite(undefined))
  }
}

const postgresDialect = Effect.fnUntraced(function* (connectionString: string, limits: DatabaseLimits) {
  const { postgresPool } = yield* attempt("load pg", () => import("./PostgresPool.ts"))
  const pool = yield* Effect.acquireRelease(
    Effect.sync(() => postgresPool(connectionString, limits)),
    // Kysely may have closed it already; pg refuses a second time.
    pool => attempt("close", () => pool.end()).pipe(Effect.ignore),
  )
  return new PostgresDialect({ pool })
})
