import { type Kysely, type RawBuilder, sql } from "kysely"
import type { Migration } from "kysely/migration"
import { installStatements } from "../../projection/installStatements.ts"
import { SHIPPED_PROJECTIONS } from "../../projection/Projections.ts"

/**
 * What is written down of views and reactions, and the shipped views themselves, empty. Never edited once merged: a change is a new migration.
 *
 * The views alone are made in the version of today: a build knows its version, and a rebuild brings it to a newer one.
 */
export const views: Migration = {
  up: async (database: Kysely<unknown>) => {
    for (const statement of statements) await statement.execute(database)
  },
}

const statements: ReadonlyArray<RawBuilder<unknown>> = [
  // One making of a projection's rows: its tables are named with this number, and a view of the table's name shows the live one.
  sql`create table payfold.build (
    build bigint primary key check (build > 0),
    projection text not null check (projection <> ''),
    projection_version integer not null check (projection_version > 0),
    derivation_version integer not null check (derivation_version > 0),
    tables text[] not null check (tables <> '{}'),
    state text not null check (state in ('building', 'live', 'kept', 'scratch')),
    created_at timestamptz not null default date_trunc('milliseconds', now())
  )`,
  sql`create unique index build_live on payfold.build (projection) where state = 'live'`,
  sql`create unique index build_building on payfold.build (projection) where state = 'building'`,

  // Locked while rows are written: ownership, fencing and progress in one row.
  sql`create table payfold.checkpoint (
    merchant text not null references payfold.merchant,
    build bigint not null references payfold.build,
    position bigint not null default 0 check (position >= 0),
    -- what of the merchant's settings the rows were made with
    settings text not null,
    -- while a rebuild goes by payment: the last payment folded, and the position all of them are folded up to
    folded_payment text,
    folded_position bigint,
    check ((folded_payment is null) = (folded_position is null)),
    constraint checkpoint_pkey primary key (merchant, build)
  )`,

  sql`create table payfold.reaction_checkpoint (
    merchant text not null references payfold.merchant,
    reaction text not null check (reaction <> ''),
    position bigint not null check (position >= 0),
    constraint reaction_checkpoint_pkey primary key (merchant, reaction)
  )`,
  // Transitions that a reaction has still to be run for; a row goes when it was.
  sql`create table payfold.reaction_task (
    merchant text not null references payfold.merchant,
    reaction text not null,
    payment_id text not null,
    position bigint not null,
    delivery_id bigint,
    from_status text not null,
    to_status text not null,
    recorded_at timestamptz not null,
    attempts integer not null default 0 check (attempts >= 0),
    due_at timestamptz not null,
    parked boolean not null default false,
    last_error text,
    constraint reaction_task_pkey primary key (merchant, reaction, payment_id, position)
  )`,
  sql`create index reaction_task_due on payfold.reaction_task (merchant, due_at) where not parked`,

  ...SHIPPED_PROJECTIONS.flatMap((projection, index) => installStatements(projection, index + 1)),
]
