import { UNKNOWN_PAYMENT } from "@payfold/domain"
import { dailyTotals } from "../../src/projection/dailyTotals.ts"
import { discrepancies } from "../../src/projection/discrepancies.ts"
import { due } from "../../src/projection/due.ts"
import { orders } from "../../src/projection/orders.ts"
import type { Batch, Projection } from "../../src/projection/Projection.ts"
import { payments } from "../../src/projection/payments.ts"

/** Projections that are wrong on purpose, each in one way that looks right: the law must reject every one. */
export const BROKEN_PROJECTIONS: ReadonlyArray<{ readonly mistake: string; readonly projection: Projection }> = [
  {
    mistake: "what a payment said before is not taken out of the totals",
    projection: changed(dailyTotals, batch => ({
      ...batch,
      changes: batch.changes.map(change => ({
        ...change,
        events: change.stream.map(({ event }) => event),
        before: UNKNOWN_PAYMENT,
      })),
    })),
  },
  {
    mistake: "a payment that is no longer due keeps its row",
    projection: changed(due, batch => ({
      ...batch,
      changes: batch.changes.filter(({ after }) => !after.seen.paid),
    })),
  },
  {
    mistake: "the order that a payment named before is not counted anew",
    projection: changed(orders, batch => ({
      ...batch,
      changes: batch.changes.map(change => ({ ...change, before: UNKNOWN_PAYMENT })),
    })),
  },
  {
    mistake: "discrepancies of a withdrawn fact stay",
    projection: changed(discrepancies, batch => ({
      ...batch,
      changes: batch.changes.filter(({ events }) => events.every(event => event._tag !== "FactsWithdrawn")),
    })),
  },
  {
    mistake: "the last payment of a batch is forgotten",
    projection: changed(payments, batch => ({ ...batch, changes: batch.changes.slice(0, -1) })),
  },
]

function changed(
  projection: Projection,
  spoil: (batch: Batch<Record<string, unknown>>) => Batch<Record<string, unknown>>,
) {
  return { ...projection, apply: (batch: Batch<Record<string, unknown>>) => projection.apply(spoil(batch)) }
}
