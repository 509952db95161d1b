import { Array as Arr, Effect, Fiber } from "effect"
import { CompiledQuery } from "kysely"
import type { Merchant } from "../merchant/Merchant.ts"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import { hotStatement } from "../postgres/hotStatement.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { BuildTables, buildTable } from "./BuildTables.ts"
import { type Build, madeBy, settingsOf } from "./builds.ts"
import { type Change, DERIVATION_VERSION, type Projection } from "./Projection.ts"
import { ProjectorLimits } from "./ProjectorLimits.ts"
import { RebuildNeeded } from "./RebuildNeeded.ts"

/** A build of one merchant whose checkpoint row is locked by the running transaction. */
export interface TakenBuild {
  readonly build: Build
  readonly merchant: Merchant
  readonly position: number
  readonly settings: string
  readonly foldedPayment: string | null
  readonly foldedPosition: number | null
}

/** The same, and where the merchant's log ended. That and the settings are as of before the lock: `position` may be beyond `head`. */
export interface Taken extends TakenBuild {
  readonly head: number
}

/**
 * Locks the merchant's checkpoints in these builds until the transaction ends, waiting for who holds them: whoever holds the row projects. From here on the
 * server ends the transaction of a process that goes silent.
 */
export const takeCheckpoints = (merchant: string, builds: ReadonlyArray<number>) => take(WAITING, merchant, builds)

/** The same in the live and kept builds of these projections, without those that another process holds. */
export const takeFreeCheckpoints = (merchant: string, projections: ReadonlyArray<string>) =>
  take(FREE, merchant, projections)

const take = Effect.fnUntraced(function* (text: string, merchant: string, keys: ReadonlyArray<number | string>) {
  const transaction = yield* Transaction
  const { frozenAfterMs } = yield* ProjectorLimits
  const statement = CompiledQuery.raw(text, [merchant, keys, String(frozenAfterMs)])
  const { rows } = yield* transaction.query("take checkpoints", database => database.executeQuery<TakenRow>(statement))
  return rows.map((row): Taken => {
    const { position, settings, folded_payment, folded_position, time_zone, reference_keys, head, ...build } = row
    return {
      build,
      merchant: { merchant, timeZone: time_zone, referenceKeys: reference_keys },
      position,
      settings,
      foldedPayment: folded_payment,
      foldedPosition: folded_position,
      head,
    }
  })
})

/** The limit is set by being joined; where there is no checkpoint to hold, it may not be. */
const taking = (condition: string, held: string) =>
  hotStatement(
    "take checkpoints",
    `with limited as materialized (
      select set_config('idle_in_transaction_session_timeout', $3::text, true) as limit
    )
    select build.*, position, settings, folded_payment, folded_position, time_zone, reference_keys, head
    from limited, payfold.checkpoint join payfold.build using (build)
      join payfold.merchant using (merchant) join payfold.log_head using (merchant)
    where merchant = $1::text and ${condition}
    order by build.build for update of checkpoint ${held}`,
  )

const WAITING = taking("build.build = any($2::bigint[])", "")
const FREE = taking("build.projection = any($2::text[]) and build.state in ('live', 'kept')", "skip locked")

interface TakenRow extends Build {
  readonly position: number
  readonly settings: string
  readonly folded_payment: string | null
  readonly folded_position: number | null
  readonly time_zone: string
  readonly reference_keys: ReadonlyArray<string>
  readonly head: number
}

/** Why this code may not carry the build on; `undefined` where it may. */
export function whyRebuild(
  projection: Projection,
  taken: Pick<TakenBuild, "build" | "merchant" | "settings">,
): RebuildNeeded | undefined {
  const { build } = taken
  if (!madeBy(projection, build)) return versionMismatch(projection, build)
  const expected = settingsOf(projection, taken.merchant)
  if (expected === taken.settings) return undefined
  return new RebuildNeeded({ projection: build.projection, found: `the settings ${taken.settings}`, expected })
}

/** Why none of this code may carry a build on; `undefined` where some made it, or no code has its name. */
export function madeByOther(projections: ReadonlyArray<Projection>, build: Build): RebuildNeeded | undefined {
  const named = projections.filter(({ name }) => name === build.projection)
  const [first] = named
  return first === undefined || named.some(projection => madeBy(projection, build))
    ? undefined
    : versionMismatch(first, build)
}

function versionMismatch(projection: Projection, build: Build): RebuildNeeded {
  const version = (own: number, derivation: number) => `version ${own}.${derivation}`
  return new RebuildNeeded({
    projection: build.projection,
    found: version(build.projection_version, build.derivation_version),
    expected: version(projection.version, DERIVATION_VERSION),
  })
}

/** Changes that a projection is given at a time; in a rebuild, which pieces the log by events, about as many. */
const PIECE_CHANGES = 300

/** Writes changes into the tables of a build. The caller holds its checkpoint. */
export function applyChanges(
  projection: Projection,
  taken: TakenBuild,
  changes: ReadonlyArray<Change>,
): Effect.Effect<void, DatabaseFailure, Transaction> {
  return applyPieces(projection, taken, Arr.chunksOf(changes, PIECE_CHANGES).map(Effect.succeed), "known")
}

/**
 * The same, piece by piece: of payments that may have rows there, or that are new to it. While the database writes a piece, the next one is made, and its rows where
 * the projection makes them before its first statement.
 */
export const applyPieces = Effect.fnUntraced(function* <E>(
  projection: Projection,
  { build, merchant }: TakenBuild,
  pieces: ReadonlyArray<Effect.Effect<ReadonlyArray<Change>, E>>,
  payments: "new" | "known",
): Effect.fn.Return<void, DatabaseFailure | E, Transaction> {
  const transaction = yield* Transaction
  const plugin = new BuildTables(build.tables, build.build)
  const apply = (changes: ReadonlyArray<Change>) =>
    projection.apply({
      merchant,
      changes,
      arePaymentsNew: payments === "new",
      query: (operation, run) =>
        transaction.query(operation, database =>
          // The plugin leads a table of the projection to this build's; what else the types of our schema name, the projection's own types do not.
          run(database.withPlugin(plugin) as unknown as Parameters<typeof run>[0]),
        ),
      table: name => buildTable(name, build.build),
    })
  let writing: Effect.Effect<void, DatabaseFailure> = Effect.void
  for (const piece of pieces) {
    const before = yield* Effect.forkChild(writing, { startImmediately: true })
    writing = apply(yield* piece)
    yield* Fiber.join(before)
  }
  yield* writing
})

/** Moves a checkpoint that the running transaction holds. */
export const moveCheckpoint = Effect.fnUntraced(function* (
  { build, merchant }: TakenBuild,
  to: { readonly position: number } | { readonly folded_payment: string },
) {
  const transaction = yield* Transaction
  yield* transaction.query("move checkpoint", database =>
    database
      .updateTable("checkpoint")
      .set("position" in to ? { position: to.position, folded_payment: null, folded_position: null } : to)
      .where("merchant", "=", merchant.merchant)
      .where("build", "=", build.build)
      .execute(),
  )
})
