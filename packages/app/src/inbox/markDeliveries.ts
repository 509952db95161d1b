import { type Part, storable } from "@payfold/domain"
import { Effect } from "effect"
import { sql } from "kysely"
import { Transaction } from "../postgres/Transaction.ts"
import type { TranslatedDelivery } from "./decideDeliveries.ts"

/** What becomes of a delivery: one part that cannot be read quarantines it, and its other parts are recorded all the same. */
export function markOf(parts: ReadonlyArray<Part>): {
  readonly state: "recorded" | "ignored" | "quarantined"
  readonly reason: string | null
} {
  const unreadable = reasons(parts, "Unreadable")
  if (unreadable !== null) return { state: "quarantined", reason: unreadable }
  if (parts.some(part => part._tag === "Implied")) return { state: "recorded", reason: reasons(parts, "Ignored") }
  return { state: "ignored", reason: reasons(parts, "Ignored") }
}

/** Marks claimed deliveries, all in one statement. */
export const markDeliveries = Effect.fnUntraced(function* (
  merchant: string,
  deliveries: ReadonlyArray<TranslatedDelivery>,
) {
  const transaction = yield* Transaction
  const marks = deliveries.map(({ deliveryId, parts }) => ({ deliveryId, ...markOf(parts) }))
  yield* transaction.query("mark deliveries", database =>
    sql`update payfold.delivery
      set state = mark.state, reason = mark.reason, drained_at = date_trunc('milliseconds', now())
      from unnest(${marks.map(mark => mark.deliveryId)}::bigint[], ${marks.map(mark => mark.state)}::text[],
        ${marks.map(mark => mark.reason)}::text[]) as mark(delivery_id, state, reason)
      where delivery.merchant = ${merchant} and delivery.delivery_id = mark.delivery_id`.execute(database),
  )
})

/** Sets one delivery aside with the reason; its bytes stay. */
export const quarantine = Effect.fnUntraced(function* (merchant: string, deliveryId: number, reason: string) {
  const transaction = yield* Transaction
  yield* transaction.query("quarantine", database =>
    database
      .updateTable("delivery")
      .set({ state: "quarantined", reason: storable(reason).value })
      .where("merchant", "=", merchant)
      .where("delivery_id", "=", deliveryId)
      .execute(),
  )
})

/** The distinct reasons of one kind of part, numbered where the body was a list. */
function reasons(parts: ReadonlyArray<Part>, tag: "Ignored" | "Unreadable"): string | null {
  const said = parts.flatMap((part, index) =>
    part._tag === tag ? [parts.length === 1 ? part.reason : `object ${index + 1}: ${part.reason}`] : [],
  )
  // A reason may quote what no store accepts; it must not poison the statement that marks the whole batch.
  return said.length === 0 ? null : storable(said.join("; ")).value
}
