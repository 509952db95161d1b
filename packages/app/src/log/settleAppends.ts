import { Effect, Exit } from "effect"
import { sql } from "kysely"
import { AppendKeyReused, type AppendRefusal, UnknownMerchant, VersionConflict } from "./AppendError.ts"
import type { Appended } from "./AppendRequest.ts"
import type { PlacedEvent } from "./chain.ts"
import { lastVersions } from "./lastVersions.ts"
import type { PreparedAppend } from "./PreparedAppend.ts"
import { type ExactAppend, placedEvents, type RunStatement } from "./writeAppends.ts"

/** What became of one append of a statement that wrote nothing: its answer, or undefined when it may be sent again. */
export type Settlement = Exit.Exit<Appended, AppendRefusal> | undefined

/**
 * Tells the losers of a statement from those who were only in their company.
 *
 * An append whose key stands for the same request has its first answer. One whose events stand at the versions asked for, byte for
 * byte, is done: its COMMIT was carried out and the answer lost. A version that is not the expected one is a conflict, except for
 * `Any`, which reads the version again.
 */
export const settleAppends = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  appends: ReadonlyArray<ExactAppend>,
) {
  const known = yield* run("read merchant", database =>
    database.selectFrom("log_head").select("merchant").where("merchant", "=", merchant).execute(),
  )
  if (known.length === 0) return appends.map((): Settlement => Exit.fail(new UnknownMerchant({ merchant })))
  const keys = yield* standingKeys(run, merchant, appends)
  const versions = yield* lastVersions(run, merchant, [
    ...new Set(appends.flatMap(({ expected }) => [...expected.keys()])),
  ])
  return yield* Effect.forEach(appends, append => settle(run, merchant, append, keys, versions))
})

interface StandingKey extends Appended {
  readonly requestHash: string
}

const standingKeys = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  appends: ReadonlyArray<ExactAppend>,
) {
  const names = appends.flatMap(({ prepared }) => prepared.key?.name ?? [])
  if (names.length === 0) return new Map<string, StandingKey>()
  const rows = yield* run("read append keys", database =>
    database
      .selectFrom("append_key")
      .selectAll()
      .where("merchant", "=", merchant)
      .where(sql<boolean>`key = any(${names}::text[])`)
      .execute(),
  )
  return new Map(
    rows.map(row => [
      row.key,
      {
        requestHash: Buffer.from(row.request_hash).toString("hex"),
        firstPosition: row.first_position,
        lastPosition: row.last_position,
      },
    ]),
  )
})

const settle = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  append: ExactAppend,
  keys: ReadonlyMap<string, StandingKey>,
  versions: ReadonlyMap<string, number>,
) {
  const byKey = settleByKey(append.prepared, keys)
  if (byKey !== undefined) return byKey
  const actualOf = (payment: string) => versions.get(payment) ?? 0
  const conflict = [...append.expected].find(([payment, expected]) => actualOf(payment) !== expected)
  if (conflict === undefined) return undefined
  const ahead = append.prepared.payments.every(
    ({ payment, events }) => actualOf(payment) >= (append.expected.get(payment) ?? 0) + events.length,
  )
  const standing = ahead ? yield* standingPositions(run, merchant, placedEvents(append)) : undefined
  if (standing !== undefined) return Exit.succeed(standing)
  const refused = append.prepared.payments.find(
    ({ payment, expected }) => expected !== "Any" && actualOf(payment) !== append.expected.get(payment),
  )
  if (refused === undefined) return undefined
  const { payment } = refused
  return Exit.fail(
    new VersionConflict({ payment, expected: append.expected.get(payment) ?? 0, actual: actualOf(payment) }),
  )
})

const settleByKey = (append: PreparedAppend, keys: ReadonlyMap<string, StandingKey>): Settlement => {
  if (append.key === undefined) return undefined
  const standing = keys.get(append.key.name)
  if (standing === undefined) return undefined
  if (standing.requestHash !== append.key.requestHash) return Exit.fail(new AppendKeyReused({ key: append.key.name }))
  return Exit.succeed({ firstPosition: standing.firstPosition, lastPosition: standing.lastPosition })
}

/** Where exactly these events stand, if every one of them stands. */
const standingPositions = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  events: ReadonlyArray<PlacedEvent>,
) {
  const payments = events.map(event => event.payment)
  const versions = events.map(event => event.version)
  const rows = yield* run("read standing events", database =>
    database
      .selectFrom("event")
      .selectAll()
      .where("merchant", "=", merchant)
      .where(sql<boolean>`(payment_id, version) in (select * from unnest(${payments}::text[], ${versions}::int[]))`)
      .execute(),
  )
  const rowOf = new Map(rows.map(row => [JSON.stringify([row.payment_id, row.version]), row]))
  const positions: Array<number> = []
  for (const event of events) {
    const row = rowOf.get(JSON.stringify([event.payment, event.version]))
    const same =
      row !== undefined &&
      row.data === event.data &&
      row.type === event.type &&
      row.schema_version === event.schemaVersion &&
      row.adapter === event.adapter &&
      row.adapter_version === event.adapterVersion &&
      row.delivery_id === event.deliveryId &&
      row.correlation === event.correlation
    if (!same) return undefined
    positions.push(row.position)
  }
  return { firstPosition: Math.min(...positions), lastPosition: Math.max(...positions) }
})
