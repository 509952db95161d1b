import { SQL } from "@event-driven-io/dumbo"
import type { ReadEvent } from "@event-driven-io/emmett"
import {
  type PostgresReadEventMetadata,
  pongoSingleStreamProjection,
  postgreSQLRawBatchSQLProjection,
  rebuildPostgreSQLProjections,
} from "@event-driven-io/emmett-postgresql"
import { evolve, type PaymentState, toPayment, UNKNOWN_PAYMENT } from "@payfold/domain"
import pg from "pg"
import { PEER_EVENT_TYPES, type PeerEvent } from "./emmettEvents.ts"

/** What the peer's views are rebuilt into: `raw` is a table written by statements of our own, `document` a collection of Pongo. */
export type PeerView = "raw" | "document"

/**
 * Rebuilds a view as the peer's documentation does, from the beginning until nothing is left: in batches of so many messages.
 *
 * Source: event-driven-io.github.io/emmett, "PostgreSQL Event Store", and the package's own types (read 2026-11-21).
 */
export async function rebuildAtEmmett(url: string, view: PeerView, batchSize: number): Promise<void> {
  await forgetCheckpoints(url)
  const consumer = rebuildPostgreSQLProjections<PeerEvent>({
    connectionString: url,
    projections: [view === "raw" ? rawPayments : paymentDocuments],
    pulling: { batchSize },
  })
  try {
    await consumer.start()
  } finally {
    await consumer.close()
  }
}

/** A projection without a `truncate` of its own would go on from where the rebuild before ended, and do nothing. */
async function forgetCheckpoints(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("delete from emt_processors")
  await client.query("drop table if exists raw_payments")
  await client.end()
}

type Read = ReadEvent<PeerEvent, PostgresReadEventMetadata>

/** A row a payment with what the events say plainly: status, amounts, instants. Less than our view: no state is folded, no discrepancy is found. */
const rawPayments = postgreSQLRawBatchSQLProjection<PeerEvent>({
  name: "raw_payments",
  canHandle: [...PEER_EVENT_TYPES],
  evolve: events =>
    // A batch projection is handed recorded events, with their stream; its type says less.
    (events as Array<Read>).map(({ metadata: { streamName }, data: { event } }) => upsert(streamName, event)),
  init: () => SQL`create table if not exists raw_payments (
    payment_id text primary key, status text not null, requested_amount bigint, requested_currency text, received_amount bigint,
    order_reference text, deadline timestamptz, created_at timestamptz, paid_at timestamptz)`,
})

function upsert(payment: string, event: PeerEvent["data"]["event"]): SQL {
  switch (event._tag) {
    case "PaymentCreated":
      return SQL`insert into raw_payments (payment_id, status, requested_amount, requested_currency, order_reference, created_at)
        values (${payment}, 'created', ${event.requested?.amount ?? null}, ${event.requested?.currency ?? null},
          ${event.orderReference?.value ?? null}, ${event.createdAt ?? null})
        on conflict (payment_id) do update set requested_amount = excluded.requested_amount,
          requested_currency = excluded.requested_currency, order_reference = excluded.order_reference, created_at = excluded.created_at`
    case "PaymentAwaiting":
      return SQL`insert into raw_payments (payment_id, status, deadline) values (${payment}, 'awaiting', ${event.deadline ?? null})
        on conflict (payment_id) do update set status = excluded.status, deadline = excluded.deadline`
    case "PaymentPaid":
      return SQL`insert into raw_payments (payment_id, status, received_amount, paid_at)
        values (${payment}, 'paid', ${event.received?.amount ?? null}, ${event.paidAt ?? null})
        on conflict (payment_id) do update set status = excluded.status, received_amount = excluded.received_amount, paid_at = excluded.paid_at`
    default:
      throw new Error(`the benchmark's log has no ${event._tag}`)
  }
}

interface PaymentDocument extends Record<string, unknown> {
  readonly state: PaymentState
  readonly status: string
}

/** A document a payment: the state, by our `evolve`, and what is shown of it. */
const paymentDocuments = pongoSingleStreamProjection<PaymentDocument, PeerEvent>({
  collectionName: "payment_documents",
  canHandle: [...PEER_EVENT_TYPES],
  initialState: (): PaymentDocument => ({ state: UNKNOWN_PAYMENT, status: "created" }),
  evolve: (document: PaymentDocument, { data }: PeerEvent): PaymentDocument => {
    const state = evolve(document.state, data.event)
    return { state, status: toPayment(state).status }
  },
})
