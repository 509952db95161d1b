import type { Kind } from "./recognise.ts"

/** Kinds of object that say nothing about a payment by themselves. */
export type IgnoredKind = Exclude<Kind, "charge" | "refund" | "cancel" | "bank-transfer">

/** Why each is ignored, for the person who asks what became of a delivery. */
export const IGNORED: Readonly<Record<IgnoredKind, string>> = {
  token: "a transaction token says how a payer means to pay, not that there is a payment; it is read beside its charge",
  expiry: "an expiry says until when a charge can be paid, nothing of the charge itself; it is read beside its charge",
  subscription: "a subscription is a plan; each of its payments is a charge of its own and is read from there",
  "customs-declaration": "a customs declaration names a charge and does not change it",
  transfer: "a transfer is a payout to the merchant, not a payment",
  history: "an entry of the transaction history is a summary; the charge or the refund itself is read instead",
  ledger: "a ledger entry books an amount; the charge it belongs to is read instead",
  "issuer-token": "an issuer token sends the payer on; how the charge stands it does not say",
  webhook: "a webhook's registration is a setting, not a payment",
  "api-error": "an error answer of the API: nothing happened to a payment",
  request: "it has no id: a request to UnivaPay or a fragment, not a report of a payment",
}
