import { type EventOf, known, type PaymentEvent, toMoney } from "@payfold/domain"
import { REPORTED } from "../adapter.ts"
import { CHARGE_STATUSES, type Charge } from "../wire/Charge.ts"
import { causeOf, publishedCause, unnamedCause } from "./failureCause.ts"

/**
 * What the status alone says of the end; nothing while it is open. An authorised card is neither paid nor waiting for its payer.
 *
 * There is no *expired*: a deadline that passed is `failed`, with a code that nobody published. So a failure that names no published cause
 * may be an expiry, and the domain decides, knowing whether the payment waited for cash. Its code and message are kept all the same.
 */
export function outcomeOf(charge: Charge): ReadonlyArray<PaymentEvent> {
  switch (statusOf(charge)) {
    case undefined:
    case "pending":
    case "awaiting":
    case "authorized":
      return []
    case "successful":
      return [paid(charge)]
    case "failed": {
      const cause = publishedCause(charge.error)
      if (cause !== undefined) return [{ _tag: "PaymentFailed", ...REPORTED, cause }]
      return [
        { _tag: "PaymentFailed", ...REPORTED, mayBeExpiry: true, ...known({ cause: unnamedCause(charge.error) }) },
      ]
    }
    case "error": {
      const cause = publishedCause(charge.error) ?? causeOf("provider-error", charge.error)
      return [{ _tag: "PaymentFailed", ...REPORTED, cause }]
    }
    case "canceled":
      return [{ _tag: "PaymentFailed", ...REPORTED, cause: causeOf("cancelled", charge.error) }]
  }
}

/** `undefined` for a word that nobody published: no guess is made what it means. */
export function statusOf({ status }: Charge): (typeof CHARGE_STATUSES)[number] | undefined {
  return CHARGE_STATUSES.find(word => word === status)
}

/** When it was paid no field says: `updated_on` moves with every change. */
function paid(charge: Charge): EventOf<"PaymentPaid"> {
  const received = toMoney(charge.charged_amount, charge.charged_currency)
  const currency = toMoney(1, charge.fee_currency)?.currency
  const fees =
    currency === undefined || charge.fee_amount === undefined ? undefined : { currency, fee: charge.fee_amount }
  return { _tag: "PaymentPaid", ...REPORTED, ...known({ received, fees }) }
}
