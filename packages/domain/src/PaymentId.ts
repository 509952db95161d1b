import { Schema } from "effect"

/** Lower-case name of an adapter, as it begins every payment id: `omise`. */
export const ProviderName = Schema.String.check(
  Schema.isPattern(/^[a-z][a-z0-9-]{0,31}$/, { message: "Expected a provider name such as omise" }),
)

/**
 * A provider's id of a charge: printable ASCII without spaces, at most 128 characters, so it is safe in a key and on a terminal. It is not safe in
 * a path: who builds one encodes it, or checks it against the provider's own grammar.
 */
export const ChargeId = Schema.String.check(
  Schema.isPattern(/^[!-~]{1,128}$/, { message: "Expected an id of 1 to 128 printable ASCII characters" }),
)

/** `<provider>:<charge id>`: the name of a payment's stream, known from any report, so that one which overtakes another finds it. */
export const PaymentId = Schema.String.check(
  Schema.isPattern(/^[a-z][a-z0-9-]{0,31}:[!-~]{1,128}$/, { message: "Expected <provider>:<charge id>" }),
).pipe(Schema.brand("PaymentId"))
export type PaymentId = typeof PaymentId.Type

const isChargeId = Schema.is(ChargeId)

/** `undefined` where the id is not one that may enter a path or a key. */
export function toPaymentId(provider: string, chargeId: string): PaymentId | undefined {
  // Both halves match the pattern of the whole.
  return isChargeId(chargeId) ? (`${provider}:${chargeId}` as PaymentId) : undefined
}
