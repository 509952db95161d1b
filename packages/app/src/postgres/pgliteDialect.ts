import type { PGlite } from "@electric-sql/pglite"
import { Effect, type Scope } from "effect"
import { type Dialect, PGliteDialect } from "kysely"
import { attempt } from "./attempt.ts"
import type { DatabaseFailure } from "./DatabaseFailure.ts"

/** Opens a PGlite, which must read columns with `columnParsers`, and closes it with the scope. */
export const pgliteDialect = (
  openPGlite: () => Promise<PGlite>,
): Effect.Effect<Dialect, DatabaseFailure, Scope.Scope> =>
  Effect.acquireRelease(attempt("open PGlite", openPGlite), pglite =>
    pglite.closed ? Effect.void : attempt("close", () => pglite.close()).pipe(Effect.ignore),
  ).pipe(Effect.map(pglite => new PGliteDialect({ pglite })))
