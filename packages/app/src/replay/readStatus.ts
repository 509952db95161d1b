import { Effect } from "effect"
import { sql } from "kysely"
import { listMerchants } from "../merchant/Merchant.ts"
import { Database } from "../postgres/Database.ts"
import { Projections } from "../projection/Projections.ts"
import { whyRebuildLive } from "../projection/rebuildsNeeded.ts"

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
  const builds = yield* database.query("read builds", kysely =>
    kysely
      .selectFrom("build")
      .selectAll()
      .where("state", "!=", "scratch")
      .orderBy("projection")
      .orderBy("build")
      .execute(),
  )
  const checkpoints = yield* database.query("read checkpoints", kysely =>
    kysely.selectFrom("checkpoint").select(["merchant", "build", "position", "settings"]).execute(),
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
  const merchants = heads.map(head => {
    const counts = deliveries.find(({ merchant }) => merchant === head.merchant)
    const reacting = reactions.find(({ merchant }) => merchant === head.merchant)
    const merchant = settings.find(one => one.merchant === head.merchant)
    const views = builds.flatMap(build => {
      const checkpoint = checkpoints.find(row => row.merchant === head.merchant && row.build === build.build)
      const reason = merchant && whyRebuildLive(projections, merchant, build, checkpoint?.settings)
      // Nothing of this merchant was projected yet. Said where nothing can be.
      if (checkpoint === undefined && reason === undefined) return []
      return [
        {
          projection: build.projection,
          build: build.build,
          state: build.state,
          version: build.projection_version,
          derivationVersion: build.derivation_version,
          position: checkpoint?.position ?? 0,
          rebuildNeeded: reason?.message ?? null,
        },
      ]
    })
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
      views,
    } satisfies MerchantStatus
  })
  return { engine: database.engine, serverVersion: database.serverVersion, merchants }
})
