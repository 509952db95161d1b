import { CompiledQuery } from "kysely"
import { arrayLiteral } from "../postgres/arrayLiteral.ts"
import { hotStatement } from "../postgres/hotStatement.ts"
import { payfoldSchemaName } from "../postgres/payfoldSchemaName.ts"
import { EventDigest, type PlacedEvent } from "./chain.ts"
import { type DeliveryMark, marking, markingStatement, markParameters, takingDrainer } from "./markStatement.ts"

/** What one statement writes: the events in log order, what must already stand, and the keys with their events' indexes from 1. */
export interface AppendStatement {
  readonly merchant: string
  readonly nowMs: number
  readonly events: ReadonlyArray<PlacedEvent>
  readonly standing: ReadonlyArray<{ readonly payment: string; readonly version: number }>
  readonly keys: ReadonlyArray<{
    readonly name: string
    readonly requestHash: string
    readonly first: number
    readonly last: number
  }>
  /** What becomes of the deliveries that taught the events, written with them; nothing is written while somebody else has the drainer's row. */
  readonly marks?: ReadonlyArray<DeliveryMark>
}

/** The one row of the answer; none when the counter row was not updated. */
export interface AppendStatementRow {
  readonly base: number
  readonly written: number
}

/**
 * Appends in one round trip.
 *
 * `head` takes the counter row first, and everything else selects from it: that is the first lock of every writer, held until
 * commit, so the order of positions is the order of commits, without gaps. It updates nothing when a version the writer says it saw
 * does not exist (a hole). A version that is taken breaks `event_version_taken`.
 *
 * Versions are looked up one by one: of an anti join with a log that grew since its last ANALYZE the planner would make a comparison of everything with
 * everything (200 instead of 5 ms at 20,000 events, measured). By `version = version + 0`, as in `marking`, PostgreSQL expects one version and keeps the
 * plan, which takes as long to make anew as to carry out; `offset 0` keeps the condition where it stands.
 */
export const appendStatement = (statement: AppendStatement): CompiledQuery<AppendStatementRow> => {
  const { merchant, nowMs, events, standing, keys, marks } = statement
  const digest = new EventDigest(merchant)
  for (const event of events) digest.add(event)
  const parameters: Array<unknown> = [
    merchant,
    events.length,
    new Date(nowMs).toISOString(),
    digest.finish(),
    arrayLiteral(standing.map(seen => seen.payment)),
    arrayLiteral(standing.map(seen => seen.version)),
    arrayLiteral(events.map(event => event.payment)),
    arrayLiteral(events.map(event => event.version)),
    arrayLiteral(events.map(event => event.type)),
    arrayLiteral(events.map(event => event.schemaVersion)),
    arrayLiteral(events.map(event => event.adapter)),
    arrayLiteral(events.map(event => event.adapterVersion)),
    arrayLiteral(events.map(event => event.deliveryId)),
    arrayLiteral(events.map(event => event.correlation)),
    arrayLiteral(events.map(event => event.data)),
  ]
  const parts = marks === undefined ? [appending("")] : [takingDrainer, appending("and exists (select from drainer)")]
  if (keys.length > 0) {
    parts.push(`keyed as (${keying(parameters.length)})`)
    parameters.push(
      arrayLiteral(keys.map(key => key.name)),
      arrayLiteral(keys.map(key => key.requestHash)),
      arrayLiteral(keys.map(key => key.first)),
      arrayLiteral(keys.map(key => key.last)),
    )
  }
  if (marks !== undefined) {
    parts.push(`marked as (${marking(parameters.length)} and exists (select from head)\n)`)
    parameters.push(...markParameters(marks))
  }
  const text = `with ${parts.join(", ")} ${answer}`
  const hot = marks === undefined ? hotStatement("append", text) : markingStatement("append", text, marks)
  return CompiledQuery.raw(hot, parameters) as CompiledQuery<AppendStatementRow>
}

const schema = payfoldSchemaName

const appending = (condition: string) => `head as (
  update ${schema}.log_head
  set head = head + $2::bigint,
      recorded_at = greatest(recorded_at, $3::timestamptz),
      chain = sha256(
        chain || int8send(head + $2::bigint) || timestamptz_send(greatest(recorded_at, $3::timestamptz)) || $4::bytea
      )
  where merchant = $1::text and not exists (
    select from (
      select * from unnest($5::text[], $6::int[]) as seen(payment_id, version) where version = version + 0 offset 0
    ) as seen
    where (
      select stored.version from ${schema}.event as stored
      where stored.merchant = $1::text and stored.payment_id = seen.payment_id and stored.version = seen.version
    ) is null
  ) ${condition}
  returning head - $2::bigint as base, recorded_at, chain
), written as (
  insert into ${schema}.event (
    merchant, position, payment_id, version, type, schema_version, adapter, adapter_version, delivery_id, correlation, data,
    recorded_at, link
  )
  select $1::text, head.base + new.index, new.payment_id, new.version, new.type, new.schema_version, new.adapter,
    new.adapter_version, new.delivery_id, new.correlation, new.data, head.recorded_at,
    case when new.index = $2::bigint then head.chain end
  from head, unnest(
    $7::text[], $8::int[], $9::text[], $10::int[], $11::text[], $12::int[], $13::bigint[], $14::text[], $15::text[]
  ) with ordinality as new(
    payment_id, version, type, schema_version, adapter, adapter_version, delivery_id, correlation, data, index
  )
  returning 1
)`

/** Only where there are keys: to plan an insert of nothing takes as long as to plan a lone append's events. */
const keying = (before: number) => `
  insert into ${schema}.append_key (merchant, key, request_hash, first_position, last_position)
  select $1::text, new.key, decode(new.request_hash, 'hex'), head.base + new.first, head.base + new.last
  from head, unnest($${before + 1}::text[], $${before + 2}::text[], $${before + 3}::bigint[], $${before + 4}::bigint[])
    as new(key, request_hash, first, last)
`

const answer = `
select head.base, (select count(*) from written) as written from head`
