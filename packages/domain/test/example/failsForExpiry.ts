import { type Part, type PaymentEvent, toMoney } from "@payfold/domain"
import { type Deliveries, minute, type Snapshot, type Translator } from "@payfold/domain/testing"
import { kumoPay } from "./KumoPay.ts"
import { kumoPayDeliveries } from "./kumoPayDeliveries.ts"

/** The example provider with two habits of real ones: it says *failed* for an expiry, and tells refunds by id and in a total too. */
export const failsForExpiry: Translator = {
  ...kumoPay,
  translate: (body, settings) => {
    const [part] = kumoPay.translate(body, settings)
    return [part._tag === "Implied" ? { ...part, events: [...part.events.map(failed(body)), ...totals(part)] } : part]
  },
}

function failed(body: unknown): (event: PaymentEvent) => PaymentEvent {
  const at = typeof body === "object" && body !== null && "lapsed_on" in body ? { failedAt: minute(60 * 24 * 30) } : {}
  return event =>
    event._tag === "PaymentExpired" ? { ...event, ...at, _tag: "PaymentFailed", mayBeExpiry: true } : event
}

function totals({ events }: Extract<Part, { _tag: "Implied" }>): ReadonlyArray<PaymentEvent> {
  const refunds = events.flatMap(event => (event._tag === "PaymentRefunded" ? [event] : []))
  const [first] = refunds
  const sum = refunds.reduce((total, { refund }) => total + refund.amount, 0)
  // A damaged body may name refunds whose sum is no amount any more.
  const total = toMoney(sum, first?.refund.currency)
  return first === undefined || total === undefined ? [] : [{ ...first, refund: { _tag: "Total", ...total } }]
}

/** A webhook that says when, then an answer of the API that does not. */
function toldTwice(snapshot: Snapshot): ReadonlyArray<Snapshot> {
  const { body } = snapshot
  if (typeof body !== "object" || body === null || !("state" in body) || body.state !== "lapsed") return [snapshot]
  return [{ ...snapshot, label: "charge lapsed, with its time", body: { ...body, lapsed_on: "then" } }, snapshot]
}

export const failsForExpiryDeliveries: Deliveries = {
  ...kumoPayDeliveries,
  stories: kumoPayDeliveries.stories.map(({ truth, snapshots: [first, ...rest] }) => ({
    truth,
    snapshots: [first, ...rest.flatMap(toldTwice)],
  })),
}
