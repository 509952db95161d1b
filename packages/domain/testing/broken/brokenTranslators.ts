import type { PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import type { Translator } from "../deliveries/impliedBy.ts"
import type { Broken } from "./Broken.ts"

/** Wrong adapters, each made of a right one. */
export const BROKEN_TRANSLATORS: ReadonlyArray<Broken<(right: Translator) => Translator>> = [
  {
    mistake: "reads a field before looking whether there is an object",
    rejectedBy: "8 totality: any value",
    implementation: right => ({
      ...right,
      translate: (body, settings) => {
        // The mistake itself: `body` may be anything.
        const { id } = body as { readonly id: unknown }
        return id === null ? [{ _tag: "Ignored", reason: "no id" }] : right.translate(body, settings)
      },
    }),
  },
  {
    mistake: "trusts that what is there has the right kind",
    rejectedBy: "8 totality: damaged bodies",
    implementation: right => ({
      ...right,
      translate: (body, settings) => {
        if (typeof body === "object" && body !== null && "currency" in body) {
          // The mistake itself: the currency may be a number.
          const currency = body.currency as string
          currency.toUpperCase()
        }
        return right.translate(body, settings)
      },
    }),
  },
  {
    mistake: "passes on texts that no store accepts",
    rejectedBy: "8 totality: texts that no store accepts",
    implementation: eventsOf((event, body) =>
      event._tag === "PaymentAwaiting" ? { ...event, instructions: { paymentNumber: codeOf(body) } } : event,
    ),
  },
  {
    mistake: "cannot read a charge with refunds",
    rejectedBy: "8 totality: true bodies are understood",
    implementation: right => ({
      ...right,
      translate: (body, settings) =>
        JSON.stringify(body)?.includes('"refunds"')
          ? [{ _tag: "Unreadable", reason: "refunds" }]
          : right.translate(body, settings),
    }),
  },
  {
    mistake: "dates an event by the clock where the body has no instant",
    rejectedBy: "9 determinism: no clock, no chance, no memory",
    implementation: eventsOf(event =>
      event._tag === "PaymentExpired" || event._tag === "PaymentAwaiting"
        ? { ...event, adapter: { ...event.adapter, version: 1 + (new Date().getFullYear() % 7) } }
        : event,
    ),
  },
  {
    mistake: "skips a body that it has seen before",
    rejectedBy: "9 determinism: no clock, no chance, no memory",
    implementation: right => {
      const seen = new Set<string>()
      return {
        ...right,
        translate: (body, settings) => {
          const text = JSON.stringify(body) ?? ""
          if (seen.has(text)) return [{ _tag: "Ignored", reason: "seen before" }]
          seen.add(text)
          return right.translate(body, settings)
        },
      }
    },
  },
  {
    mistake: "takes minor units for whole ones",
    rejectedBy: "amounts are only the truth's",
    implementation: eventsOf(event =>
      event._tag === "PaymentPaid" && event.received !== undefined
        ? { ...event, received: { ...event.received, amount: event.received.amount * 100 } }
        : event,
    ),
  },
  {
    mistake: "a paid charge says nothing of the money",
    rejectedBy: "3 completeness: all words together are the truth",
    implementation: right => ({
      ...right,
      translate: (body, settings) => {
        const [first, ...rest] = right.translate(body, settings)
        if (first._tag !== "Implied") return [first, ...rest]
        return [{ ...first, events: first.events.filter(({ _tag }) => _tag !== "PaymentPaid") }, ...rest]
      },
    }),
  },
]

/** A right adapter whose every event goes through a wrong function. */
function eventsOf(wrong: (event: PaymentEvent, body: unknown) => PaymentEvent) {
  return (right: Translator): Translator => ({
    ...right,
    translate: (body, settings) => {
      const [first, ...rest] = right.translate(body, settings)
      if (first._tag !== "Implied") return [first, ...rest]
      return [{ ...first, events: first.events.map(event => wrong(event, body)) }, ...rest]
    },
  })
}

function codeOf(body: unknown): string {
  if (typeof body !== "object" || body === null || !("code" in body)) return "none"
  return typeof body.code === "string" && body.code !== "" ? body.code : "none"
}
