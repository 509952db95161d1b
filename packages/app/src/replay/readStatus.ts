import { Effect } from "effect"
import { sql } from "kysely"
import { listMerchants } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import { Projections } from "../projection/Projections.ts"
import { whyRebuild } from "../projection/takeCheckpoints.ts"

/** Where a merchant's log and views stand, and what its inbox holds. Positions count events. */
export interface MerchantStatus {
  readonly merchant: string
  readonly position: number
  /** Null while the log is empty. */
  readonly recordedAt: string | null
  readonly chain: string
  readonly waiting: number
  readonly unverified: number
  readonly quarantined: number
  /** Transitions that wait for their reaction, and those given up on until somebody retries them. */
  readonly reactionsWaiting: number
  readonly reactionsParked: number
  readonly views: ReadonlyArray<{
    readonly projection: string
    readonly build: number
    /** `kept` is the build that was live before the last rebuild. */
    readonly state: string
    readonly version: number
    readonly derivationVersion: number
    readonly position: number
    /** Why the code that asks may not carry the view on; null where it may, and where it does not know the view. */
    readonly rebuildNeeded: string | null
  }>
}

/** The state of everything, read without a lock: what is told of one merchant may be a moment older than of the next. */
export const readStatus = Effect.fn("readStatus")(function* () {
  const database = yield* Database
  const heads = yield* database.query("read heads", kysely =>
    kysely.selectFrom("log_head").selectAll().orderBy("merchant").execute(),
  )
  const checkpoints = yield* database.query("read checkpoints", kysely =>
    kysely
      .selectFrom("checkpoint")
      .innerJoin("build", "build.build", "checkpoint.build")
      .selectAll("build")
      .select(["merchant", "position", "settings"])
      .where("state", "!=", "scratch")
      .orderBy("projection")
      .orderBy("build.build")
      .execute(),
  )
  const settings = yield* listMerchants()
  const projections = yield* Projections
  const deliveries = yield* database.query("count deliveries", kysely =>
    kysely
      .selectFrom("delivery")
      .select(["merchant"])
      .select(sql<number>`count(*) filter (where state = 'waiting' and verdict <> 'unverified')`.as("waiting"))
      .select(sql<number>`count(*) filter (where state = 'waiting' and verdict = 'unverified')`.as("unverified"))
      .select(sql<number>`count(*) filter (where state = 'quarantined')`.as("quarantined"))
      .groupBy("merchant")
      .execute(),
  )
  const reactions = yield* database.query("count reactions", kysely =>
    kysely
      .selectFrom("reaction_task")
      .select(["merchant"])
      .select(sql<number>`count(*) filter (where not parked)`.as("waiting"))
      .select(sql<number>`count(*) filter (where parked)`.as("parked"))
      .groupBy("merchant")
      .execute(),
  )
  const reasonOf = (checkpoint: (typeof checkpoints)[number]) => {
    const projection = projections.find(({ name }) => name === checkpoint.projection)
    const merchant = settings.find(({ merchant: name }) => name === checkpoint.merchant)
    if (projection === undefined || merchant === undefined) return null
    return whyRebuild(projection, { build: checkpoint, merchant, settings: checkpoint.settings })?.message ?? null
  }
  const merchants = heads.map((head): MerchantStatus => {
    const counts = deliveries.find(({ merchant }) => merchant === head.merchant)
    const reacting = reactions.find(({ merchant }) => merchant === head.merchant)
    return {
      merchant: head.merchant,
      position: head.head,
      recordedAt: head.recorded_at === "-infinity" ? null : head.recorded_at,
      chain: Buffer.from(head.chain).toString("hex"),
      waiting: counts?.waiting ?? 0,
      unverified: counts?.unverified ?? 0,
      quarantined: counts?.quarantined ?? 0,
      reactionsWaiting: reacting?.waiting ?? 0,
      reactionsParked: reacting?.parked ?? 0,
      views: checkpoints
        .filter(({ merchant }) => merchant === head.merchant)
        .map(checkpoint => ({
          projection: checkpoint.projection,
          build: checkpoint.build,
          state: checkpoint.state,
          version: checkpoint.projection_version,
          derivationVersion: checkpoint.derivation_version,
          position: checkpoint.position,
          rebuildNeeded: checkpoint.state === "live" ? reasonOf(checkpoint) : null,
        })),
    }
  })
  return { engine: database.engine, serverVersion: database.serverVersion, merchants }
})
