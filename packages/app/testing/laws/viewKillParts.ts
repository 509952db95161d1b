import { Effect } from "effect"
import { Kysely, PostgresDialect, sql } from "kysely"
import pg from "pg"
import { Database } from "../../src/postgres/Database.ts"
import { projection } from "../../src/projection/Projection.ts"
import { Projections, SHIPPED_PROJECTIONS } from "../../src/projection/Projections.ts"
import { ProjectorLimits } from "../../src/projection/ProjectorLimits.ts"
import { type Reaction, ReactionLimits, Reactions } from "../../src/reaction/Reaction.ts"

/** `broken` has one more view, whose rows are committed apart from its checkpoint. */
export type Worker = "payfold" | "broken"

export const inSmallBatches = Effect.provideService(ProjectorLimits, {
  events: 20,
  bytes: 1_000_000,
  frozenAfterMs: 15_000,
})

/** `between` is called when the broken view has committed its rows and its checkpoint has not moved. */
export const workerProjections = (worker: Worker, url: string, between?: () => Promise<void>) =>
  Effect.provideService(
    Projections,
    worker === "broken" ? [...SHIPPED_PROJECTIONS, countedApart(url, between)] : SHIPPED_PROJECTIONS,
  )

/** Writes down each key it is run with, outside of what Payfold commits: what a mail or a parcel would be. */
export const workerReactions = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const database = yield* Database
    const ledger: Reaction = {
      name: "ledger",
      wants: () => true,
      run: ({ payment, position, idempotencyKey }) =>
        database.query("write effect", kysely =>
          sql`insert into public.effect (key, payment, position) values (${idempotencyKey}, ${payment}, ${position})`.execute(
            kysely,
          ),
        ),
    }
    const limits = { attempts: 8, timeoutMs: 5_000, retryDelayMs: 10, maximumRetryDelayMs: 1_000, concurrency: 4 }
    return yield* effect.pipe(Effect.provideService(Reactions, [ledger]), Effect.provideService(ReactionLimits, limits))
  })

/** Where the worker's reactions leave their traces, in the order of their running. */
export const createEffects = Effect.flatMap(Database, database =>
  database.query("create effects", kysely =>
    sql`create table public.effect (seq bigserial, key text not null, payment text not null, position bigint not null)`.execute(
      kysely,
    ),
  ),
)

/** Counts the events of each payment, on a connection of its own: killed before its checkpoint moves, it counts them twice. */
const countedApart = (url: string, between?: () => Promise<void>) =>
  projection<Record<string, unknown>>({
    name: "counted_apart",
    version: 1,
    tables: [
      {
        name: "counted_apart",
        columns: { merchant: ["text", "not null"], payment_id: ["text", "not null"], events: ["integer", "not null"] },
        key: ["merchant", "payment_id"],
      },
    ],
    apply: ({ merchant, changes, table }) =>
      Effect.promise(async () => {
        const pool = new pg.Pool({ connectionString: url, max: 1 })
        const apart = new Kysely({ dialect: new PostgresDialect({ pool }) })
        const payments = changes.map(({ payment }) => payment)
        const events = changes.map(change => change.events.length)
        await sql`insert into ${table("counted_apart")} as counted
        select ${merchant.merchant}, * from unnest(${payments}::text[], ${events}::int[])
        on conflict (merchant, payment_id) do update set events = counted.events + excluded.events`.execute(apart)
        await apart.destroy()
        await between?.()
      }),
  })
