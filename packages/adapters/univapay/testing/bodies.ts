import type { Money, PaymentMethod } from "@payfold/domain"

/** What one charge looks like at one moment; fields that are not given are null, as in the provider's answers. */
export interface ChargeBody {
  readonly id: string
  readonly tokenId: string
  readonly mode: "live" | "test"
  readonly requested: Money
  readonly status: string
  readonly charged?: Money
  readonly error?: { readonly code: number | null; readonly message: string } | Record<string, never>
  readonly metadata: Readonly<Record<string, string | number>>
}

/** All simulated payments begin here: 20 July 2022, 15:28 in Japan. */
const CREATED_ON = "2022-07-20T06:28:44.521327Z"

/** Source: seed 001; recorded charges of 2024 and 2025. */
export function chargeBody(charge: ChargeBody): Readonly<Record<string, unknown>> {
  const { requested, charged } = charge
  return {
    id: charge.id,
    store_id: "11ec9f7f-fb01-2620-af32-af7eb1bedc1a",
    transaction_token_id: charge.tokenId,
    transaction_token_type: "one_time",
    subscription_id: null,
    requested_amount: requested.amount,
    requested_currency: requested.currency,
    requested_amount_formatted: requested.amount,
    charged_amount: charged?.amount ?? null,
    charged_currency: charged?.currency ?? null,
    charged_amount_formatted: charged?.amount ?? null,
    fee_amount: 35,
    fee_currency: "JPY",
    only_direct_currency: false,
    capture_at: null,
    descriptor: null,
    status: charge.status,
    error: charge.error ?? null,
    metadata: charge.metadata,
    mode: charge.mode,
    created_on: CREATED_ON,
    redirect: {},
  }
}

/** Source: univapay-node 4.0.130, `TransactionTokenItem`; recorded tokens of 2017 to 2025. */
export function tokenBody(id: string, mode: string, method: PaymentMethod): Readonly<Record<string, unknown>> {
  return {
    id,
    store_id: "11ec9f7f-fb01-2620-af32-af7eb1bedc1a",
    email: "hanako@example.com",
    active: true,
    mode,
    type: "one_time",
    metadata: {},
    created_on: CREATED_ON,
    last_used_on: null,
    ...tokenData(method),
  }
}

const WEEK = { expiration_period: "P7D", expiration_time_shift: "23:59:59+09:00" }

function tokenData(method: PaymentMethod): Readonly<Record<string, unknown>> {
  switch (method._tag) {
    case "Konbini":
      return { payment_type: "konbini", data: { convenience_store: method.store?.replace("-", "_"), ...WEEK } }
    case "PayEasy":
      return { payment_type: "konbini", data: { convenience_store: "pay_easy", ...WEEK } }
    case "BankTransfer":
      return { payment_type: "bank_transfer", data: { brand: "aozora_bank", account_number: "0012345", ...WEEK } }
    case "Wallet":
      return { payment_type: "online", data: { brand: "pay_pay_online", issuer_token: null } }
    default:
      return { payment_type: "card", data: { card: { brand: "visa", last_four: "0000" } } }
  }
}

/** Source: univapay-node 4.0.130, `ChargeExpiry`. */
export function expiryBody(chargeId: string): Readonly<Record<string, unknown>> {
  return {
    id: "11ee0000-0000-4000-8000-00000000e001",
    charge_id: chargeId,
    expiration_date: "2022-07-27T14:59:59.000000Z",
    extension_count: 0,
    created_on: CREATED_ON,
    updated_on: CREATED_ON,
  }
}

/** Source: UnivaPay client SDKs, `refund_finished`. */
export function refundBody(
  chargeId: string,
  mode: string,
  refund: { readonly id: string; readonly amount: number; readonly currency: string; readonly reason: string },
  status: string,
): Readonly<Record<string, unknown>> {
  const { id, amount, currency, reason } = refund
  return {
    id,
    charge_id: chargeId,
    status,
    amount,
    currency,
    amount_formatted: amount,
    reason,
    message: null,
    error: null,
    metadata: {},
    mode,
    created_on: CREATED_ON,
  }
}

/** Source: UnivaPay client SDKs, `cancel_finished`. */
export function cancelBody(chargeId: string, mode: string, status: string): Readonly<Record<string, unknown>> {
  return { id: "cancel-1", charge_id: chargeId, status, error: null, metadata: {}, mode, created_on: CREATED_ON }
}

/** Source: UnivaPay client SDKs, `BankTransferStatusData`. */
export function bankTransferStatusBody(
  chargeId: string,
  requested: Money,
  status: string,
): Readonly<Record<string, unknown>> {
  return {
    id: "bank-transfer-1",
    charge_id: chargeId,
    payment_status: status,
    latest_deposit_amount: 1,
    balance: 0,
    currency: requested.currency,
    amount: requested.amount,
    charge_metadata: {},
    created_on: CREATED_ON,
  }
}
