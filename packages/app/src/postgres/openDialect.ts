import type { PGlite } from "@electric-sql/pglite"
import { Effect, Redacted, type Scope } from "effect"
import { type Dialect, PostgresDialect } from "kysely"
import { attempt } from "./attempt.ts"
import type { DatabaseFailure } from "./DatabaseFailure.ts"
import type { DatabaseLimits } from "./DatabaseLimits.ts"
import type { DatabaseUrl } from "./DatabaseUrl.ts"
import { type FolderInUse, type FolderUnusable, holdFolder } from "./FolderLock.ts"
import { openPGlite } from "./openPGlite.ts"
import { pgliteDialect } from "./pgliteDialect.ts"
import { LocalWakeUps, type WakeUps } from "./WakeUps.ts"

export type OpenFailure = DatabaseFailure | FolderInUse | FolderUnusable

/** What Kysely needs to talk to a database, and how its readers are woken. */
export interface Opened {
  readonly dialect: Dialect
  readonly wakeUps: WakeUps
}

/** Opens the database at this address, until the scope closes. The drivers load when asked for. */
export const openDialect = (
  url: DatabaseUrl,
  limits: DatabaseLimits,
): Effect.Effect<Opened, OpenFailure, Scope.Scope> => {
  switch (url._tag) {
    case "Postgres":
      return openPostgres(Redacted.value(url.url), limits)
    case "PGlite":
      // The lock first: its release comes after PGlite has closed.
      return Effect.andThen(
        holdFolder(url.folder),
        openedPGlite(() => openPGlite(url.folder)),
      )
    case "Memory":
      return openedPGlite(() => openPGlite(undefined))
  }
}

/** A PGlite that the caller opens; it must read columns with `columnParsers`. */
export const openedPGlite = (openPGlite: () => Promise<PGlite>): Effect.Effect<Opened, DatabaseFailure, Scope.Scope> =>
  Effect.map(pgliteDialect(openPGlite), dialect => ({ dialect, wakeUps: new LocalWakeUps() }))

const openPostgres = Effect.fnUntraced(function* (connectionString: string, limits: DatabaseLimits) {
  const { postgresPool } = yield* attempt("load pg", () => import("./PostgresPool.ts"))
  const { postgresWakeUps } = yield* attempt("load pg", () => import("./PostgresWakeUps.ts"))
  const pool = yield* Effect.acquireRelease(
    Effect.sync(() => postgresPool(connectionString, limits)),
    // Kysely may have closed it already; pg refuses a second time.
    pool => attempt("close", () => pool.end()).pipe(Effect.ignore),
  )
  const wakeUps = yield* postgresWakeUps(connectionString)
  return { dialect: new PostgresDialect({ pool }), wakeUps }
})
