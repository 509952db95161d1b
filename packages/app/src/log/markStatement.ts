import { arrayLiteral } from "../postgres/arrayLiteral.ts"
import { hotStatement, plannedStatement } from "../postgres/hotStatement.ts"
import { payfoldSchemaName } from "../postgres/payfoldSchemaName.ts"

/** What a drainer made of a delivery, and why where that needs saying. */
export interface DeliveryMark {
  readonly deliveryId: number
  readonly state: "recorded" | "ignored" | "quarantined"
  readonly reason: string | null
}

/** Number of a delivery from which the inbox is taken to have grown. A guess: bodies that come in again use up numbers too. */
export const GROWN_DELIVERY_ID = 500

/**
 * The text of a statement that marks deliveries. A plan that PostgreSQL makes while the inbox is small reads all of it, and would go on to when it has grown,
 * until the table is analysed (measured: docs/performance.md, *latency*).
 */
export const markingStatement = (name: string, text: string, marks: ReadonlyArray<DeliveryMark>): string =>
  marks.some(mark => mark.deliveryId >= GROWN_DELIVERY_ID) ? hotStatement(name, text) : plannedStatement(name, text)

/**
 * Marks the deliveries of three parameters, the first of which has the number behind `before`. That an id is its own sum with nothing makes the planner expect
 * one mark only, for which it goes along the key.
 */
export const marking = (before: number) => `
  update ${payfoldSchemaName}.delivery
  set state = mark.state, reason = mark.reason, drained_at = date_trunc('milliseconds', now())
  from unnest($${before + 1}::bigint[], $${before + 2}::text[], $${before + 3}::text[])
    as mark(delivery_id, state, reason)
  where delivery.merchant = $1::text and delivery.delivery_id = mark.delivery_id
    and mark.delivery_id = mark.delivery_id + 0`

/** The columns of `marking`, for its three parameters. */
export const markParameters = (marks: ReadonlyArray<DeliveryMark>): ReadonlyArray<unknown> => [
  arrayLiteral(marks.map(mark => mark.deliveryId)),
  arrayLiteral(marks.map(mark => mark.state)),
  arrayLiteral(marks.map(mark => mark.reason)),
]

/** The drainer's row for one statement; empty while somebody else has it. More weakly than who drains many takes it, so that others can tell. */
export const takingDrainer = `drainer as materialized (
  select from ${payfoldSchemaName}.drainer where merchant = $1::text for no key update skip locked
)`
