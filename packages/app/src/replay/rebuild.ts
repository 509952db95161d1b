import { Effect, Schedule } from "effect"
import { type Kysely, sql } from "kysely"
import { readHead } from "../log/readHead.ts"
import { Database } from "../postgres/Database.ts"
import type { PayfoldSchema } from "../postgres/PayfoldSchema.ts"
import { payfoldSchemaName } from "../postgres/payfoldSchemaName.ts"
import { Transaction } from "../postgres/Transaction.ts"
import { DERIVATION_VERSION, type Projection } from "../projection/Projection.ts"
import { catchUp, changesAfter } from "../projection/project.ts"
import { eachPayment } from "./eachPayment.ts"
import { countDifferences, type DifferenceCounts, differing, type ViewDifference } from "./viewDifferences.ts"

export interface RebuildOptions {
  /** Builds and compares, and leaves the live view as it is. */
  readonly dryRun?: boolean
  /** Called while payments are folded, with how many were so far. */
  readonly onProgress?: (payments: number) => void
}

export interface Rebuilt {
  readonly projection: string
  readonly payments: number
  readonly differences: DifferenceCounts
  /** The first differing rows, in order of payment. */
  readonly examples: ReadonlyArray<ViewDifference>
  /** Whether the live view now is what was rebuilt. */
  readonly switched: boolean
}

/** Differing rows that are shown. */
const MAXIMUM_EXAMPLES = 20

/**
 * Rebuilds a view from the log, for all merchants, beside the living one: by payment up to the head, then by position up to where the live view
 * stands, and then makes the live view equal to it in one short transaction. Writers and readers go on all the while.
 */
export const rebuild = Effect.fn("rebuild")(function* (projection: Projection, options: RebuildOptions = {}) {
  const database = yield* Database
  const scratch = `${projection.name}_rebuild`
  const heads = new Map<string, number>()
  let payments = 0
  yield* database.query("create scratch table", kysely => createScratch(kysely, projection.name, scratch))
  for (const merchant of yield* merchants) {
    // A view made by other code is not carried on; it is compared as it stands.
    yield* catchUp(merchant, projection).pipe(Effect.catchTag("RebuildNeeded", () => Effect.void))
    const { position } = yield* readHead(database, merchant)
    heads.set(merchant, position)
    yield* eachPayment(merchant, position, ({ changes }) => {
      payments += changes.length
      options.onProgress?.(payments)
      return changes.length === 0 ? Effect.void : database.transaction(projection.apply(merchant, changes, scratch))
    })
  }
  const switching = switchOver(projection, scratch, heads, options.dryRun === true)
  const { differences, examples } = yield* database.transaction(switching).pipe(
    // A reader that holds the rows for longer must not make every other reader wait behind us.
    Effect.retry({
      while: failure => failure._tag === "DatabaseFailure" && failure.sqlState === "55P03",
      times: 50,
      schedule: Schedule.spaced("100 millis"),
    }),
  )
  yield* database.query("drop scratch table", kysely =>
    sql`drop table ${sql.id(payfoldSchemaName, scratch)}`.execute(kysely),
  )
  return {
    projection: projection.name,
    payments,
    differences,
    examples,
    switched: options.dryRun !== true,
  } satisfies Rebuilt
})

const merchants = Effect.gen(function* () {
  const database = yield* Database
  const rows = yield* database.read("read merchants", kysely =>
    kysely.selectFrom("merchant").select("merchant").orderBy("merchant").execute(),
  )
  return rows.map(row => row.merchant)
})

/** What a killed rebuild left is thrown away: it was never more than a copy. */
async function createScratch(database: Kysely<PayfoldSchema>, live: string, scratch: string): Promise<void> {
  await sql`drop table if exists ${sql.id(payfoldSchemaName, scratch)}`.execute(database)
  await sql`create table ${sql.id(payfoldSchemaName, scratch)} (like ${sql.id(payfoldSchemaName, live)} including all)`.execute(
    database,
  )
}

/** With the checkpoints locked, so that no projector moves: catch up, compare, and make the live rows what they should be. */
const switchOver = Effect.fnUntraced(function* (
  projection: Projection,
  scratch: string,
  heads: ReadonlyMap<string, number>,
  dryRun: boolean,
) {
  const transaction = yield* Transaction
  yield* transaction.query("set lock time-out", database => sql`set local lock_timeout = '200ms'`.execute(database))
  const checkpoints = yield* transaction.query("take checkpoints", database =>
    database
      .selectFrom("checkpoint")
      .select(["merchant", "position"])
      .where("projection", "=", projection.name)
      .where("projection_version", "=", projection.version)
      .orderBy("merchant")
      .forUpdate()
      .execute(),
  )
  for (const { merchant, position } of checkpoints) {
    const head = heads.get(merchant) ?? 0
    const target = Math.max(head, position)
    for (let reached = head; reached < target; ) {
      const batch = yield* changesAfter(merchant, reached, target)
      yield* projection.apply(merchant, batch.changes, scratch)
      reached = batch.position
    }
    if (!dryRun)
      yield* transaction.query("move checkpoint", database => moveCheckpoint(database, projection, merchant, target))
  }
  const [live, rebuilt] = [projection.name, scratch].map(table => sql.id(payfoldSchemaName, table)) as [
    ReturnType<typeof sql.id>,
    ReturnType<typeof sql.id>,
  ]
  const differences = yield* transaction.query("count differences", database =>
    countDifferences(database, live, rebuilt),
  )
  const examples = yield* transaction.query("read differences", async database => {
    const query = sql<ViewDifference>`${differing(live, rebuilt)} order by 1, 2 limit ${MAXIMUM_EXAMPLES}`
    return (await query.execute(database)).rows
  })
  if (!dryRun) yield* transaction.query("replace rows", database => replaceRows(database, projection.name, scratch))
  return { differences, examples }
})

async function moveCheckpoint(
  database: Kysely<PayfoldSchema>,
  projection: Projection,
  merchant: string,
  position: number,
): Promise<void> {
  await database
    .updateTable("checkpoint")
    .set({ position, derivation_version: DERIVATION_VERSION })
    .where("merchant", "=", merchant)
    .where("projection", "=", projection.name)
    .where("projection_version", "=", projection.version)
    .execute()
}

/** Only rows that differ are touched: a rebuild that changes nothing writes nothing, and views of others on ours stay what they are. */
async function replaceRows(database: Kysely<PayfoldSchema>, live: string, scratch: string): Promise<void> {
  const [old, next] = [sql.id(payfoldSchemaName, live), sql.id(payfoldSchemaName, scratch)]
  const same = sql`next.merchant = old.merchant and next.payment_id = old.payment_id`
  await sql`delete from ${old} as old where not exists (
    select from ${next} as next where ${same} and to_jsonb(next) = to_jsonb(old))`.execute(database)
  await sql`insert into ${old} select * from ${next} as next where not exists (
    select from ${old} as old where ${same})`.execute(database)
}
