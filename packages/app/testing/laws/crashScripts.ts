import type { Part, PaymentEvent, PaymentProvider, Translation } from "@payfold/domain"
import { omise } from "@payfold/omise"
import { univapay } from "@payfold/univapay"
import { omiseEvent, omiseKonbini, univapayKonbini } from "../../src/demo/bodies.ts"
import { MANY_DELIVERIES } from "../../src/inbox/drain.ts"
import type { DeliveryVerdict } from "../../src/inbox/keepDelivery.ts"
import type { AppendRequest, NewEvent } from "../../src/log/EventLog.ts"

/** One thing a process does and hears the end of. A process that starts again goes on with the first it did not hear the end of. */
export type Step =
  | {
      readonly _tag: "receive"
      readonly provider: string
      /** Kept by one statement. */
      readonly bodies: ReadonlyArray<Uint8Array>
      readonly verdict: DeliveryVerdict
    }
  | { readonly _tag: "drain" }
  | { readonly _tag: "project" }
  | { readonly _tag: "append"; readonly request: AppendRequest }
  | { readonly _tag: "retranslate"; readonly providers: ReadonlyArray<PaymentProvider> }

export interface Script {
  readonly name: string
  readonly steps: ReadonlyArray<Step>
}

const receive = (value: unknown, provider = "omise", verdict: DeliveryVerdict = "verified"): Step =>
  receiveTogether([value], provider, verdict)
const receiveTogether = (values: ReadonlyArray<unknown>, provider: string, verdict: DeliveryVerdict): Step => ({
  _tag: "receive",
  provider,
  bodies: values.map(value =>
    typeof value === "string" ? Buffer.from(value, "latin1") : Buffer.from(JSON.stringify(value)),
  ),
  verdict,
})
const drain: Step = { _tag: "drain" }
const project: Step = { _tag: "project" }
const append = (request: AppendRequest): Step => ({ _tag: "append", request })

const waits = omiseKonbini("chrg_1", 1500, "A-1")
const paid = omiseEvent(
  "charge.complete",
  "2026-06-02T10:05:00Z",
  omiseKonbini("chrg_1", 1500, "A-1", { status: "successful", authorized: true, paid: true }),
)
const expired = omiseEvent(
  "charge.expire",
  "2026-07-01T09:00:00Z",
  omiseKonbini("chrg_1", 1500, "A-1", { status: "expired", expired: true }),
)
const other = omiseKonbini("chrg_2", 800, "A-2")
const univapayWaits = univapayKonbini("11ed07f5-0000-4000-8000-000000000008", 3300, "awaiting", {
  internal_convenience_payment_number: "20020-1",
})

const event = (name: string): NewEvent => ({
  type: "PaymentCreated",
  schemaVersion: 1,
  adapter: "omise",
  adapterVersion: 1,
  deliveryId: null,
  correlation: "by hand",
  data: JSON.stringify({ is: name }),
})

/** Today's adapter as a later version that reads otherwise: no more instructions for the payer. */
const laterOmise: PaymentProvider = {
  ...omise,
  version: omise.version + 1,
  translate: (body, settings) =>
    mapParts(omise.translate(body, settings), part => {
      if (part._tag !== "Implied") return part
      return { ...part, events: part.events.filter(one => one._tag !== "PaymentAwaiting").map(later) }
    }),
}
const later = (one: PaymentEvent): PaymentEvent => ({ ...one, adapter: { ...one.adapter, version: omise.version + 1 } })
const mapParts = ([first, ...rest]: Translation, change: (part: Part) => Part): Translation => [
  change(first),
  ...rest.map(change),
]
const retranslateLater: Step = { _tag: "retranslate", providers: [laterOmise, univapay] }
const retranslateBack: Step = { _tag: "retranslate", providers: [omise, univapay] }

/** As many as a drainer takes into a transaction of their own. */
export const manyAtOnce: Script = {
  name: "many at once",
  steps: [
    receiveTogether(
      Array.from({ length: MANY_DELIVERIES }, (_, index) => omiseKonbini(`chrg_${index}`, 1500, `A-${index}`)),
      "omise",
      "verified",
    ),
    drain,
  ],
}

/** What is crashed at every statement. */
export const crashScripts: readonly [Script, ...ReadonlyArray<Script>] = [
  manyAtOnce,
  { name: "created, then paid", steps: [receive(waits), drain, receive(paid), drain] },
  { name: "paid, then created", steps: [receive(paid), drain, receive(waits), drain] },
  {
    name: "paid after expired",
    steps: [receive(waits), receive(expired), drain, project, receive(paid), drain, project],
  },
  { name: "the same body three times", steps: [receive(paid), receive(paid), drain, receive(paid), drain] },
  {
    name: "two providers in one batch",
    steps: [receive(waits), receive(univapayWaits, "univapay"), receive(other), drain],
  },
  { name: "a poison body in the middle", steps: [receive(waits), receive('{"\xff\0'), receive(paid), drain] },
  {
    name: "a list that can be read in part",
    steps: [receive({ object: "list", data: [waits, { ...other, amount: "many" }] }), drain],
  },
  {
    name: "vouched for only later",
    steps: [receive(paid, "omise", "unverified"), drain, receive(paid, "omise", "operator"), drain],
  },
  {
    name: "appended by hand, with a key",
    steps: [
      append({ key: "k", payments: [{ payment: "omise:chrg_9", expected: "Any", events: [event("a"), event("b")] }] }),
      append({ payments: [{ payment: "omise:chrg_9", expected: 2, events: [event("c")] }] }),
    ],
  },
  {
    name: "several payments appended together",
    steps: [
      append({
        payments: [
          { payment: "omise:chrg_8", expected: "NoStream", events: [event("a")] },
          { payment: "omise:chrg_9", expected: "NoStream", events: [event("b"), event("c")] },
        ],
      }),
      receive(waits),
      drain,
    ],
  },
  {
    name: "retranslated",
    steps: [receive(waits), receive(other), drain, project, retranslateLater, project],
  },
  {
    name: "retranslated, and back again",
    steps: [receive(waits), drain, retranslateLater, receive(paid), drain, retranslateBack, drain],
  },
]
