import { DEFAULT_TRANSLATE_SETTINGS, encodeEvent, type PaymentEvent } from "@payfold/domain"
import { omise } from "@payfold/omise"
import type { NewEvent, PaymentAppend } from "../src/App.ts"
import { omiseEvent, omiseKonbini, omiseThai } from "../src/demo/bodies.ts"

/** A payment's name without its provider, unlike its neighbours': ids of a provider do not come in order. */
export function chargeId(index: number): string {
  return `chrg_${((index * 2_654_435_761) % 2 ** 32).toString(36).padStart(7, "0")}`
}

export function paymentId(index: number): string {
  return `omise:${chargeId(index)}`
}

/** A konbini charge that waits for its payer. */
export function waitingBody(index: number): Uint8Array {
  return bytesOf(
    omiseEvent("charge.create", "2026-06-01T02:53:40Z", omiseKonbini(chargeId(index), yen(index), order(index))),
  )
}

/** The same charge, paid. */
export function paidBody(index: number): Uint8Array {
  const charge = omiseKonbini(chargeId(index), yen(index), order(index), PAID)
  return bytesOf(omiseEvent("charge.complete", "2026-06-02T10:05:00Z", charge))
}

const PAID = { status: "successful", authorized: true, paid: true, paid_at: "2026-06-02T10:04:58Z" }

/** What the waiting body says, as it is recorded: two events, and of the paid one then the third is news. */
export function waitingEvents(index: number): ReadonlyArray<PaymentEvent> {
  return implied(JSON.parse(new TextDecoder().decode(waitingBody(index))))
}

/** Two events of a new payment: created, and waiting at a konbini. */
export function twoEvents(index: number): ReadonlyArray<PaymentEvent> {
  return KONBINI.slice(0, 2).map(event => ofPayment(event, index))
}

/**
 * All that is ever reported of a payment: of an even one three events (a konbini payment: created, waiting, paid), of an odd one two (a card: created, paid). So
 * a log of them has five events for two payments.
 */
export function wholeLife(index: number): ReadonlyArray<PaymentEvent> {
  return (index % 2 === 0 ? KONBINI : CARD).map(event => ofPayment(event, index))
}

/** How many payments have so many events together. */
export function paymentsOfEvents(events: number): number {
  return Math.round((events * 2) / 5)
}

/** An append of a new payment, encoded by the domain. */
export function newPayment(index: number, events: ReadonlyArray<PaymentEvent>): PaymentAppend {
  return { payment: paymentId(index), expected: "NoStream", events: events.map(toNewEvent) }
}

function toNewEvent(event: PaymentEvent): NewEvent {
  return {
    type: event._tag,
    schemaVersion: event.schemaVersion,
    adapter: event.adapter.name,
    adapterVersion: event.adapter.version,
    deliveryId: null,
    correlation: null,
    data: encodeEvent(event),
  }
}

function ofPayment(event: PaymentEvent, index: number): PaymentEvent {
  if (event._tag !== "PaymentCreated") return event
  return { ...event, chargeId: chargeId(index), orderReference: { value: order(index) } }
}

function implied(body: unknown): ReadonlyArray<PaymentEvent> {
  return omise.translate(body, DEFAULT_TRANSLATE_SETTINGS).flatMap(part => (part._tag === "Implied" ? part.events : []))
}

const KONBINI = implied(omiseKonbini("chrg_sample", 1500, "A-1", PAID))
const CARD = implied(
  omiseThai("chrg_sample", 400_000, "A-1", {}, { ...PAID, source: null, card: { object: "card", brand: "Visa" } }),
)

function order(index: number): string {
  return `order-${index}`
}

function yen(index: number): number {
  return 100 + (index % 50_000)
}

function bytesOf(body: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}
