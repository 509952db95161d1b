import { Effect } from "effect"
import { Database } from "../postgres/Database.ts"
import { createBuild, readBuilds } from "../projection/builds.ts"
import type { Projection } from "../projection/Projection.ts"
import { dropBuild } from "./dropBuild.ts"
import { beginFolding, foldAside } from "./foldAside.ts"

/**
 * Builds a view of one merchant as it was at a position, in tables of their own that are dropped afterwards: to be looked at or compared. Memory is
 * constant; the log is read by payment.
 */
export const withScratchBuild = Effect.fnUntraced(function* <A, E, R>(
  merchant: string,
  projection: Projection,
  position: number,
  use: (build: number, payments: number) => Effect.Effect<A, E, R>,
) {
  const database = yield* Database
  let payments = 0
  return yield* Effect.acquireUseRelease(
    database.transaction(createBuild(projection, "scratch")),
    build =>
      Effect.gen(function* () {
        yield* beginFolding(merchant, projection, build, position)
        yield* foldAside(merchant, projection, build, position, folded =>
          Effect.sync(() => {
            payments += folded.payments
          }),
        )
        return yield* use(build, payments)
      }),
    build =>
      Effect.flatMap(
        readBuilds([projection.name]),
        builds =>
          Effect.forEach(
            builds.filter(one => one.build === build),
            dropBuild,
          ),
        // What could not be dropped now is by the next rebuild.
      ).pipe(Effect.ignore),
  )
})
