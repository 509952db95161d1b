import {
  decide,
  encodeEvent,
  evolve,
  fold,
  type PaymentEvent,
  toPayment,
  UNKNOWN_PAYMENT,
  withdrawnVersions,
} from "@payfold/domain"

/** An event of a payment's stream as retranslation sees it. */
export interface StandingEvent {
  readonly event: PaymentEvent
  /** Taught by a delivery whose body is still there, so that today's adapter can be asked again. */
  readonly isAskable: boolean
}

/** An event that today's adapter implies, and the delivery that says so. */
export interface ImpliedEvent {
  readonly event: PaymentEvent
  readonly deliveryId: number
}

/** What a translation by today's adapter changes in one payment. */
export interface Retranslation {
  /** Versions of facts that no delivery implies any more. */
  readonly withdrawn: ReadonlyArray<number>
  /** Facts that were not known, each with the delivery that implies it. */
  readonly added: ReadonlyArray<ImpliedEvent>
}

/**
 * Compares what a payment's stream says with what today's adapter implies from the same deliveries. Facts are the same when they say the same, whichever
 * adapter version said it: an upgrade that reads a delivery as before changes nothing.
 *
 * Where keeping old readings beside new ones would show something else than today's adapter alone (an old version's field that the new one
 * leaves out can still be outranked or contradicted), all askable facts are replaced instead.
 */
export function compareTranslations(
  standing: ReadonlyArray<StandingEvent>,
  implied: ReadonlyArray<ImpliedEvent>,
  adapterVersion: number,
): Retranslation {
  const kept = changes(standing, implied, adapterVersion, "differing")
  return showsSame(standing, implied, kept) ? kept : changes(standing, implied, adapterVersion, "all")
}

function changes(
  standing: ReadonlyArray<StandingEvent>,
  implied: ReadonlyArray<ImpliedEvent>,
  adapterVersion: number,
  replace: "differing" | "all",
): Retranslation {
  const gone = withdrawnVersions(standing.map(({ event }) => event))
  const impliedTexts = new Set(implied.map(({ event }) => contentOf(event)))
  const withdrawn = standing.flatMap(({ event, isAskable }, index) => {
    if (!isAskable || event._tag === "FactsWithdrawn" || gone.has(index + 1)) return []
    // After going back to an older adapter, what the newer one said would outrank all that the older one says from now on.
    const isNewer = event.adapter.version > adapterVersion
    return replace === "all" || isNewer || !impliedTexts.has(contentOf(event)) ? [index + 1] : []
  })
  const left = standing.filter(
    ({ event }, index) => event._tag !== "FactsWithdrawn" && !gone.has(index + 1) && !withdrawn.includes(index + 1),
  )
  const leftTexts = new Set(left.map(({ event }) => contentOf(event)))
  let state = left.reduce((known, { event }) => evolve(known, event), UNKNOWN_PAYMENT)
  const added: Array<ImpliedEvent> = []
  for (const candidate of implied) {
    if (leftTexts.has(contentOf(candidate.event)) || decide(state, [candidate.event]).length === 0) continue
    added.push(candidate)
    state = evolve(state, candidate.event)
  }
  return { withdrawn, added }
}

/** Whether the payment after these changes is shown as today's adapter alone would show it. */
function showsSame(
  standing: ReadonlyArray<StandingEvent>,
  implied: ReadonlyArray<ImpliedEvent>,
  { withdrawn, added }: Retranslation,
): boolean {
  const gone = withdrawnVersions(standing.map(({ event }) => event))
  const isLeft = (index: number) => !gone.has(index + 1) && !withdrawn.includes(index + 1)
  const after = [...standing.filter((_, index) => isLeft(index)), ...added].map(({ event }) => event)
  const notAskable = standing.filter(({ isAskable }, index) => !isAskable && isLeft(index))
  const fresh = [...notAskable, ...implied].map(({ event }) => event)
  return shown(after) === shown(fresh)
}

function shown(events: ReadonlyArray<PaymentEvent>): string {
  return JSON.stringify(toPayment(fold(events.filter(event => event._tag !== "FactsWithdrawn"))))
}

/** What an event says, without who read it. */
function contentOf(event: PaymentEvent): string {
  return encodeEvent({ ...event, adapter: { ...event.adapter, version: 1 } })
}
