import {
  imply,
  known,
  type Part,
  type PaymentEvent,
  type PaymentProvider,
  SecretRefused,
  toInstant,
  toMoney,
  toPaymentId,
} from "@payfold/domain"
import { Redacted, Result, Schema } from "effect"

const loose = Schema.optionalKey(Schema.Unknown)
/** A charge as KumoPay writes it. Only what a payment cannot do without must be there; one odd field must not cost the charge. */
const WireCharge = Schema.Struct({
  id: Schema.String,
  amount: Schema.Int,
  currency: Schema.String,
  state: Schema.Literals(["waiting", "paid", "lapsed", "refused"]),
  ...{ live: loose, shop: loose, code: loose, pay_by: loose, paid_on: loose, error: loose, order: loose },
  refunds: Schema.optionalKey(Schema.Array(Schema.Struct({ id: Schema.String, amount: Schema.Int }))),
})
const readCharge = Schema.decodeUnknownResult(WireCharge)
const reported = { schemaVersion: 1, adapter: { name: "kumo-pay", version: 1 } } as const

/** What one KumoPay charge implies, oldest fact first. */
function translate(body: unknown): readonly [Part] {
  const read = readCharge(body)
  if (Result.isFailure(read)) return [{ _tag: "Unreadable", reason: "not a KumoPay charge" }]
  const charge = read.success
  const payment = toPaymentId("kumo-pay", charge.id)
  const requested = toMoney(charge.amount, charge.currency)
  if (payment === undefined || requested === undefined) return [{ _tag: "Unreadable", reason: "no id or no amount" }]
  const [store, code, order, error] = [charge.shop, charge.code, charge.order, charge.error].map(toText)
  const events: Array<PaymentEvent> = [
    {
      _tag: "PaymentCreated",
      ...reported,
      ...{ provider: "kumo-pay", chargeId: charge.id, requested },
      ...(typeof charge.live === "boolean" ? { mode: charge.live ? "live" : "test" } : {}),
      method: { _tag: "Konbini", ...known({ store }) },
      ...(order === undefined ? {} : { orderReference: { value: order } }),
    },
  ]
  const [deadline, paidAt] = [charge.pay_by, charge.paid_on].map(value => toInstant(toText(value) ?? ""))
  if (code !== undefined) {
    events.push({ _tag: "PaymentAwaiting", ...reported, instructions: { paymentNumber: code }, ...known({ deadline }) })
  }
  if (charge.state === "paid") {
    events.push({ _tag: "PaymentPaid", ...reported, received: requested, ...known({ paidAt }) })
  }
  if (charge.state === "lapsed") events.push({ _tag: "PaymentExpired", ...reported })
  if (charge.state === "refused") {
    events.push({ _tag: "PaymentFailed", ...reported, cause: { category: "declined", ...known({ code: error }) } })
  }
  for (const { id, amount } of charge.refunds ?? []) {
    const back = toPaymentId("kumo-pay", id) && toMoney(amount, charge.currency)
    if (back !== undefined)
      events.push({ _tag: "PaymentRefunded", ...reported, refund: { _tag: "Refund", id, ...back } })
  }
  return [imply(payment, events)]
}

function toText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined
}

const secret = { provider: "kumo-pay", expected: "16 characters or more" }
/** KumoPay sends the secret itself; a real adapter compares it in constant time. */
const makeVerify: PaymentProvider["makeVerify"] = secrets => {
  const values = secrets.map(Redacted.value).filter(secret => secret.length >= 16)
  if (values.length === 0) return Result.fail(new SecretRefused({ ...secret, found: "none of that length" }))
  return Result.succeed(({ headers }) =>
    values.includes(headers["kumo-secret"] ?? "") ? { _tag: "Verified" } : { _tag: "Unverified", reason: "not ours" },
  )
}

export const kumoPay: PaymentProvider = { name: "kumo-pay", version: 1, translate, makeVerify, capabilities: [] }
