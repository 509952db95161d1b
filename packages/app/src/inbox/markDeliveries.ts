import { type Part, storable } from "@payfold/domain"
import { Effect } from "effect"
import { CompiledQuery } from "kysely"
import { type DeliveryMark, marking, markingStatement, markParameters, takingDrainer } from "../log/markStatement.ts"
import { NothingWritten, type RunStatement } from "../log/writeAppends.ts"
import { Transaction } from "../postgres/Transaction.ts"
import type { TranslatedDelivery } from "./decideDeliveries.ts"

/** What becomes of a delivery: one part that cannot be read quarantines it, and its other parts are recorded all the same. */
export function markOf(parts: ReadonlyArray<Part>): Omit<DeliveryMark, "deliveryId"> {
  const unreadable = reasons(parts, "Unreadable")
  if (unreadable !== null) return { state: "quarantined", reason: unreadable }
  if (parts.some(part => part._tag === "Implied")) return { state: "recorded", reason: reasons(parts, "Ignored") }
  return { state: "ignored", reason: reasons(parts, "Ignored") }
}

/** What becomes of each delivery. */
export function marksOf(deliveries: ReadonlyArray<TranslatedDelivery>): ReadonlyArray<DeliveryMark> {
  return deliveries.map(({ deliveryId, parts }) => ({ deliveryId, ...markOf(parts) }))
}

/** Marks deliveries, all in one statement. */
export const markDeliveries = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  deliveries: ReadonlyArray<TranslatedDelivery>,
) {
  const statement = markStatement(marking(1), merchant, deliveries)
  yield* run("mark deliveries", database => database.executeQuery(statement))
})

/** Marks deliveries that taught nothing; `NothingWritten` while somebody else has the drainer's row. */
export const markAtOnce = Effect.fnUntraced(function* (
  run: RunStatement,
  merchant: string,
  deliveries: ReadonlyArray<TranslatedDelivery>,
) {
  const statement = markStatement(takingAndMarking, merchant, deliveries)
  const { rows } = yield* run("mark deliveries", database => database.executeQuery(statement))
  if (rows.length === 0) return yield* new NothingWritten()
})

const takingAndMarking = `with ${takingDrainer},
  marked as (${marking(1)} and exists (select from drainer)) select from drainer`

function markStatement(text: string, merchant: string, deliveries: ReadonlyArray<TranslatedDelivery>): CompiledQuery {
  const marks = marksOf(deliveries)
  return CompiledQuery.raw(markingStatement("mark deliveries", text, marks), [merchant, ...markParameters(marks)])
}

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
