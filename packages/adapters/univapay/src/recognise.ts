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

/** Every field a cancel may have. Source: UnivaPay client SDKs, univapay-node 4.0.130 (`CancelItem`), recorded cancels (read 2026-11-20). */
const CANCEL_FIELDS: ReadonlySet<string> = new Set([
  "id",
  "charge_id",
  "store_id",
  "merchant_id",
  "platform_id",
  "status",
  "error",
  "metadata",
  "mode",
  "created_on",
  "updated_on",
])

/**
 * Rows in order: the first whose fields are all there, and at least one of its alternatives, names the kind. Look-alikes that name a charge
 * (customs declarations, subscriptions, history, deposits) stand before refunds and cancels, which have no field of their own: a cancel is only what has
 * nothing else.
 *
 * Source: the models of the UnivaPay client SDKs and of univapay-node 4.0.130, recorded objects (read 2026-11-20).
 */
const MARKS: ReadonlyArray<
  readonly [
    Kind,
    {
      readonly all?: ReadonlyArray<string>
      readonly oneOf?: ReadonlyArray<string>
      readonly noneBut?: ReadonlySet<string>
    },
  ]
> = [
  ["charge", { oneOf: ["requested_amount", "requested_currency", "charged_amount", "charged_currency"] }],
  ["history", { oneOf: ["resource_id", "user_data"] }],
  [
    "subscription",
    {
      oneOf: [
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
  ["customs-declaration", { oneOf: ["declaration", "declaration_result"] }],
  ["issuer-token", { all: ["issuer_token"] }],
  ["issuer-token", { all: ["ready", "qr_image_url"] }],
  ["token", { all: ["id", "payment_type"] }],
  ["request", { all: ["payment_type"] }],
  ["ledger", { oneOf: ["bank_ledger_type", "virtual_account_id", "percent_fee", "flat_fee"] }],
  ["bank-transfer", { all: ["charge_id", "payment_status"] }],
  ["expiry", { all: ["charge_id", "expiration_date"] }],
  ["refund", { all: ["charge_id"], oneOf: ["amount", "currency", "amount_formatted", "reason", "message"] }],
  ["cancel", { all: ["charge_id", "status"], noneBut: CANCEL_FIELDS }],
  ["transfer", { oneOf: ["bank_account_id", "transfer_id"] }],
  ["webhook", { all: ["triggers", "url"] }],
  ["api-error", { all: ["status", "code"] }],
]

/** `undefined` for an object that is named like nothing we know. */
export function recognise(object: object): Kind | undefined {
  const has = (field: string) => Object.hasOwn(object, field)
  const hasNoneBut = (fields: ReadonlySet<string>) => Object.keys(object).every(field => fields.has(field))
  const row = MARKS.find(
    ([, { all = [], oneOf, noneBut }]) =>
      all.every(has) && (oneOf === undefined || oneOf.some(has)) && (noneBut === undefined || hasNoneBut(noneBut)),
  )
  if (row !== undefined) return row[0]
  // Whatever the provider reports has an id; what has neither that nor something inside is a request, or a piece of one.
  return has("id") || has("data") ? undefined : "request"
}

/** What keeps an object that has all of a cancel's fields from being one: the first field that no cancel has. */
export function strangerToCancels(object: object): string | undefined {
  if (!Object.hasOwn(object, "charge_id") || !Object.hasOwn(object, "status")) return undefined
  return Object.keys(object).find(field => !CANCEL_FIELDS.has(field))
}
