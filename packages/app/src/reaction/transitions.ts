import { fold, status } from "@payfold/domain"
import { eventsOf, type PaymentStream, RETRANSLATION } from "../log/paymentStreams.ts"
import type { Transition } from "./Reaction.ts"

/**
 * The status changes of a payment whose last event stands after one position and not after another, oldest first. The events of one decision are one
 * change at most. A withdrawal corrects what we read and is no change at the provider, and so is what a retranslation adds: it only shows in what
 * the next delivery changes from.
 */
export function transitionsOf(
  merchant: string,
  payment: string,
  stream: PaymentStream,
  after: number,
  upTo: number,
): ReadonlyArray<Transition> {
  return decisionsOf(stream).flatMap(({ begin, end }): ReadonlyArray<Transition> => {
    const last = stream[end - 1]
    if (last === undefined || last.position <= after || last.position > upTo) return []
    if (isCorrection(stream.slice(begin, end))) return []
    const from = begin === 0 ? "none" : status(fold(eventsOf(stream.slice(0, begin))))
    const to = status(fold(eventsOf(stream.slice(0, end))))
    if (from === to) return []
    const { position, deliveryId, recordedAt } = last
    const idempotencyKey = [merchant, payment, from, to, position].join("/")
    return [{ merchant, payment, from, to, position, deliveryId, recordedAt, idempotencyKey }]
  })
}

/** Runs of events that were decided together: of one delivery, side by side in the log, recorded at one instant. */
function decisionsOf(stream: PaymentStream): ReadonlyArray<{ readonly begin: number; readonly end: number }> {
  const decisions: Array<{ begin: number; end: number }> = []
  for (const [index, event] of stream.entries()) {
    const before = stream[index - 1]
    const current = decisions.at(-1)
    const belongs =
      before !== undefined &&
      before.deliveryId === event.deliveryId &&
      before.position === event.position - 1 &&
      before.recordedAt === event.recordedAt
    if (belongs && current !== undefined) current.end = index + 1
    else decisions.push({ begin: index, end: index + 1 })
  }
  return decisions
}

/** A withdrawal, or what a retranslation appended. */
function isCorrection(decided: PaymentStream): boolean {
  return decided.some(({ event, correlation }) => event._tag === "FactsWithdrawn" || correlation === RETRANSLATION)
}
