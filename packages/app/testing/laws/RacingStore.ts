import type pg from "pg"
import { appendStatement } from "../../src/log/appendStatement.ts"
import type { PlacedEvent } from "../../src/log/chain.ts"

/** How a store appends new payments inside a transaction that the caller opened; `aside` reaches the database beside it. */
export interface RacingStore {
  readonly name: string
  readonly prepare: (aside: pg.Pool, merchant: string) => Promise<unknown>
  readonly append: (
    client: pg.Client,
    aside: pg.Pool,
    merchant: string,
    events: ReadonlyArray<PlacedEvent>,
  ) => Promise<unknown>
}

/** The statement of the product. */
export const payfoldStore: RacingStore = {
  name: "payfold",
  prepare: async () => undefined,
  append: (client, _, merchant, events) => {
    const { sql, parameters } = appendStatement({ merchant, nowMs: Date.now(), events, standing: [], keys: [] })
    return client.query(sql, [...parameters])
  },
}

/** Broken: positions are drawn when a row is written, not when it is committed. What most event tables do (`bigserial`). */
export const sequenceStore: RacingStore = {
  name: "positions from a sequence",
  prepare: aside => aside.query("create sequence if not exists payfold.broken_position"),
  append: (client, _, merchant, events) => insertAt(client, merchant, events, "nextval('payfold.broken_position')", []),
}

/** Broken: the counter is right and gapless, but let go of before the events are committed. */
export const earlyCounterStore: RacingStore = {
  name: "a counter that is not held until the commit",
  prepare: async () => undefined,
  append: async (client, aside, merchant, events) => {
    const { rows } = await aside.query(
      "update payfold.log_head set head = head + $2 where merchant = $1 returning head - $2 as base",
      [merchant, events.length],
    )
    return await insertAt(client, merchant, events, "$5::bigint + new.index", [rows[0]?.base])
  },
}

const insertAt = (
  client: pg.Client,
  merchant: string,
  events: ReadonlyArray<PlacedEvent>,
  position: string,
  more: ReadonlyArray<unknown>,
) =>
  client.query(
    `insert into payfold.event (
      merchant, position, payment_id, version, type, schema_version, adapter, adapter_version, data, recorded_at
    )
    select $1, ${position}, new.payment_id, new.version, 'PaymentCreated', 1, 'omise', 1, new.data, now()
    from unnest($2::text[], $3::int[], $4::text[]) with ordinality as new(payment_id, version, data, index)`,
    [merchant, events.map(one => one.payment), events.map(one => one.version), events.map(one => one.data), ...more],
  )
