import { type Kysely, type RawBuilder, sql } from "kysely"
import type { Migration } from "kysely/migration"

/**
 * The event log, its idempotency keys and the inbox. Never edited once merged: a change is a new migration.
 *
 * Every primary key starts with `merchant`: one merchant is one log, and a distributed PostgreSQL can place it as one shard.
 */
export const eventLogAndInbox: Migration = {
  up: async (database: Kysely<unknown>) => {
    for (const statement of statements) await statement.execute(database)
  },
}

/** Millisecond instants: what a row holds is what JavaScript reads. */
const now = sql.raw("date_trunc('milliseconds', now())")

const statements: ReadonlyArray<RawBuilder<unknown>> = [
  sql`create table payfold.merchant (
    merchant text primary key check (merchant <> ''),
    time_zone text not null default 'Asia/Tokyo' check (time_zone <> ''),
    reference_keys text[] not null default '{order_id,orderid,orderId,order_reference}',
    created_at timestamptz not null default ${now}
  )`,

  // Rewritten by every append: with nine tenths of each page free, the new row version stays on the same page (HOT) and is pruned there.
  sql`create table payfold.log_head (
    merchant text primary key references payfold.merchant,
    head bigint not null default 0 check (head >= 0),
    recorded_at timestamptz not null default '-infinity',
    chain bytea not null default ''
  ) with (fillfactor = 10)`,

  // No foreign keys: each would lock and read another row on the hottest path; the counter row proves the merchant.
  sql`create table payfold.event (
    merchant text not null,
    position bigint not null check (position > 0),
    payment_id text not null check (payment_id <> ''),
    version integer not null check (version > 0),
    type text not null check (type <> ''),
    schema_version integer not null check (schema_version > 0),
    adapter text not null,
    adapter_version integer not null check (adapter_version >= 0),
    delivery_id bigint,
    correlation text,
    data text not null,
    recorded_at timestamptz not null,
    link bytea,
    constraint event_pkey primary key (merchant, position),
    constraint event_version_taken unique (merchant, payment_id, version)
  )`,
  sql`create function payfold.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% on %.% refused: events are append-only', tg_op, tg_table_schema, tg_table_name
        using errcode = 'restrict_violation';
    end
  $$`,
  sql`create trigger append_only before update or delete or truncate on payfold.event
    for each statement execute function payfold.refuse_change()`,
  // Also in a session that switches ordinary triggers off (session_replication_role = replica).
  sql`alter table payfold.event enable always trigger append_only`,

  sql`create table payfold.append_key (
    merchant text not null,
    key text not null check (key <> ''),
    request_hash bytea not null check (octet_length(request_hash) = 32),
    first_position bigint not null,
    last_position bigint not null check (last_position >= first_position),
    constraint append_key_pkey primary key (merchant, key)
  )`,

  sql`create table payfold.delivery (
    merchant text not null references payfold.merchant,
    delivery_id bigint not null generated always as identity,
    provider text not null check (provider <> ''),
    -- null once pruned: the hash stays, so that the same body is still known
    body bytea,
    pruned_at timestamptz,
    body_hash bytea not null check (octet_length(body_hash) = 32),
    headers jsonb not null default '{}',
    verdict text not null check (verdict in ('verified', 'operator', 'unverified')),
    received_at timestamptz not null default ${now},
    times_received integer not null default 1 check (times_received > 0),
    last_received_at timestamptz not null default ${now},
    state text not null default 'waiting' check (state in ('waiting', 'recorded', 'ignored', 'quarantined')),
    reason text check (state <> 'quarantined' or reason is not null),
    drained_at timestamptz,
    check ((body is null) = (pruned_at is not null)),
    constraint delivery_pkey primary key (merchant, delivery_id),
    constraint delivery_body unique (merchant, provider, body_hash)
  )`,
  // The drainer's question is always the same: what waits, oldest first. The index holds only that.
  sql`create index delivery_waiting on payfold.delivery (merchant, delivery_id) where state = 'waiting'`,

  // What today's adapters imply from kept deliveries, while it is compared with the log. Lost in a crash, and made anew.
  sql`create unlogged table payfold.retranslation (
    merchant text not null,
    payment_id text not null,
    delivery_id bigint not null,
    ordinal integer not null,
    data text not null,
    constraint retranslation_pkey primary key (merchant, payment_id, delivery_id, ordinal)
  )`,

  sql`create table payfold.drainer (merchant text primary key references payfold.merchant)`,

  sql`insert into payfold.merchant (merchant) values ('default')`,
  sql`insert into payfold.log_head (merchant) values ('default')`,
  sql`insert into payfold.drainer (merchant) values ('default')`,
]
