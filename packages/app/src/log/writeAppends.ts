import { Clock, Data, Effect } from "effect"
import type { Kysely } from "kysely"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"
import type { PayfoldSchema } from "../postgres/PayfoldSchema.ts"
import type { Appended } from "./AppendRequest.ts"
import { type AppendStatement, appendStatement } from "./appendStatement.ts"
import type { PlacedEvent } from "./chain.ts"
import type { DeliveryMark } from "./markStatement.ts"
import type { PreparedAppend } from "./PreparedAppend.ts"

/** How statements of the log reach the database: on their own, or inside the caller's transaction. */
export type RunStatement = <A>(
  operation: string,
  run: (database: Kysely<PayfoldSchema>) => Promise<A>,
) => Effect.Effect<A, DatabaseFailure>

/** An append whose every expectation is a number: the payment's last version, 0 for none. */
export interface ExactAppend {
  readonly prepared: PreparedAppend
  readonly expected: ReadonlyMap<string, number>
}

/** Nothing was written: a version is taken, a version is missing, a key is taken, or the merchant is unknown. `settleAppends` tells which. */
export class NothingWritten extends Data.TaggedError("NothingWritten") {}

/** Writes appends with one statement and says where each stands; all or none. No two of them may hold one payment or one key. */
export const writeAppends = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  appends: ReadonlyArray<ExactAppend>,
  marks?: ReadonlyArray<DeliveryMark>,
): Effect.fn.Return<ReadonlyArray<Appended>, NothingWritten | DatabaseFailure> {
  const nowMs = yield* Clock.currentTimeMillis
  const statement = { ...statementFor(merchant, nowMs, appends), ...(marks && { marks }) }
  const { rows } = yield* run("append", database => database.executeQuery(appendStatement(statement))).pipe(
    Effect.catchIf(isTaken, () => Effect.fail(new NothingWritten())),
  )
  const [row] = rows
  if (row === undefined) return yield* new NothingWritten()
  if (row.written !== statement.events.length) {
    // A rule or trigger of somebody else's on our table swallows rows.
    return yield* Effect.die(new Error(`append: ${row.written} of ${statement.events.length} events were written`))
  }
  let next = row.base + 1
  return appends.map(({ prepared }) => {
    const firstPosition = next
    next += prepared.events
    return { firstPosition, lastPosition: next - 1 }
  })
})

const isTaken = (failure: DatabaseFailure): boolean =>
  failure.sqlState === "23505" && ["event_version_taken", "append_key_pkey"].includes(failure.constraint ?? "")

const statementFor = (merchant: string, nowMs: number, appends: ReadonlyArray<ExactAppend>): AppendStatement => {
  const events: Array<PlacedEvent> = []
  const standing: Array<AppendStatement["standing"][number]> = []
  const keys: Array<AppendStatement["keys"][number]> = []
  for (const append of appends) {
    const { key } = append.prepared
    const first = events.length + 1
    const seen = [...append.expected].filter(([, version]) => version > 0)
    standing.push(...seen.map(([payment, version]) => ({ payment, version })))
    for (const event of placedEvents(append)) events.push(event)
    if (key !== undefined) keys.push({ ...key, first, last: events.length })
  }
  return { merchant, nowMs, events, standing, keys }
}

/** The events of an append with the versions they are to have. */
export const placedEvents = ({ prepared, expected }: ExactAppend): ReadonlyArray<PlacedEvent> =>
  prepared.payments.flatMap(({ payment, events }) =>
    events.map((event, index) => ({ ...event, payment, version: (expected.get(payment) ?? 0) + index + 1 })),
  )
