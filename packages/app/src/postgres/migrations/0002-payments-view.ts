import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/** The read model of payments: one row each. Never edited once merged: a change is a new migration. */
export const paymentsView: Migration = {
  up: async (database: Kysely<unknown>) => {
    for (const statement of statements) await statement.execute(database)
  },
}

const statements = [
  sql`create table payfold.payments (
    merchant text not null,
    payment_id text not null,
    provider text not null,
    status text not null,
    mode text,
    requested_amount bigint,
    requested_currency text,
    received_amount bigint,
    received_currency text,
    refunded_amount bigint,
    refunded_currency text,
    method text,
    method_label text,
    order_reference text,
    instructions jsonb not null,
    deadline timestamptz,
    created_at timestamptz,
    paid_at timestamptz,
    expired_at timestamptz,
    failed_at timestamptz,
    refunded_at timestamptz,
    failure_category text,
    failure_code text,
    failure_message text,
    discrepancies jsonb not null,
    version integer not null,
    position bigint not null,
    constraint payments_pkey primary key (merchant, payment_id)
  )`,
  sql`create index payments_by_status on payfold.payments (merchant, status)`,
  sql`create index payments_by_order on payfold.payments (merchant, order_reference) where order_reference is not null`,
]
