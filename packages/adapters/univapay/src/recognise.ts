/** What a single object without a webhook around it looks like, by the fields it has: UnivaPay names no object's kind. */
export type Kind =
  | "charge"
  | "refund"
  | "cancel"
  | "bank-transfer"
  | "token"
  | "expiry"
  | "subscription"
  | "customs-declaration"
  | "transfer"
  | "history"
  | "ledger"
  | "issuer-token"
  | "webhook"
  | "api-error"
  | "request"

/**
 * Rows in order: the first whose fields are all there, and at least one of its alternatives, names the kind. Look-alikes that name a charge
 * (customs declarations, subscriptions, history, deposits) stand before refunds and cancels, which have no field of their own.
 *
 * Source: the models of the UnivaPay client SDKs and of univapay-node 4.0.130, recorded objects (read 2026-11-20).
 */
const MARKS: ReadonlyArray<
  readonly [Kind, { readonly all?: ReadonlyArray<string>; readonly any?: ReadonlyArray<string> }]
> = [
  ["charge", { any: ["requested_amount", "requested_currency", "charged_amount", "charged_currency"] }],
  ["history", { any: ["resource_id", "user_data"] }],
  [
    "subscription",
    {
      any: [
        "schedule_settings",
        "cycles_left",
        "next_payment",
        "subscription_plan",
        "installment_plan",
        "period",
        "first_charge_authorization_only",
      ],
    },
  ],
  ["customs-declaration", { any: ["declaration", "declaration_result"] }],
  ["issuer-token", { all: ["issuer_token"] }],
  ["issuer-token", { all: ["ready", "qr_image_url"] }],
  ["token", { all: ["id", "payment_type"] }],
  ["request", { all: ["payment_type"] }],
  ["ledger", { any: ["bank_ledger_type", "virtual_account_id", "percent_fee", "flat_fee"] }],
  ["bank-transfer", { all: ["charge_id", "payment_status"] }],
  ["expiry", { all: ["charge_id", "expiration_date"] }],
  ["refund", { all: ["charge_id"], any: ["amount", "currency", "amount_formatted", "reason", "message"] }],
  ["cancel", { all: ["charge_id", "status"] }],
  ["transfer", { any: ["bank_account_id", "transfer_id"] }],
  ["webhook", { all: ["triggers", "url"] }],
  ["api-error", { all: ["status", "code", "errors"] }],
]

/** Fields of what we or a shop send; an answer also has an `id`. */
const REQUEST_FIELDS = ["transaction_token_id", "amount", "metadata", "currency"]

export function recognise(object: object): Kind | undefined {
  const has = (field: string) => Object.hasOwn(object, field)
  const row = MARKS.find(([, { all = [], any }]) => all.every(has) && (any === undefined || any.some(has)))
  if (row !== undefined) return row[0]
  return !has("id") && REQUEST_FIELDS.some(has) ? "request" : undefined
}
