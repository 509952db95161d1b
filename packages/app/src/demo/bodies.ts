/**
 * Bodies as the providers' guides print them, with invented people: what is printed in a demo must be nobody's.
 *
 * Shapes: Omise's guides for konbini (2018, API 2017-11-02), bill payment (2020) and installments (2019, API 2019-05-29), UnivaPay's
 * konbini guide (2025); all read 2026-11-20.
 */

type Json = Readonly<Record<string, unknown>>

/** An Omise konbini charge in the 2017-11-02 shape: small currency letters, `created`, `refunded`. */
export function omiseKonbini(id: string, yen: number, order: string, changes: Json = {}): Json {
  return {
    object: "charge",
    id,
    livemode: true,
    location: `/charges/${id}`,
    amount: yen,
    currency: "jpy",
    description: null,
    metadata: { order_id: order },
    status: "pending",
    capture: true,
    authorized: false,
    reversed: false,
    voided: false,
    paid: false,
    transaction: null,
    refunded: 0,
    authorize_uri: `https://pay.omise.co/offlines/econtext/instructions/${id.replace("chrg", "oflp")}`,
    failure_code: null,
    failure_message: null,
    created: "2026-06-01T02:53:39Z",
    source: {
      object: "source",
      id: id.replace("chrg", "src"),
      references: { payment_code: "553384", expires_at: "2026-07-01T09:00:00Z" },
      type: "econtext",
      flow: "offline",
      amount: yen,
      currency: "jpy",
      name: "ヤマダハナコ",
      email: "hanako@example.com",
      phone_number: "01234567891",
    },
    ...changes,
  }
}

/** An Omise charge in Thai baht in the 2019-05-29 shape: capital currency letters, `created_at`, fees. */
export function omiseThai(id: string, satang: number, order: string, source: Json, changes: Json = {}): Json {
  return {
    object: "charge",
    id,
    livemode: true,
    location: `/charges/${id}`,
    created_at: "2026-06-02T04:00:51Z",
    amount: satang,
    currency: "THB",
    funding_amount: satang,
    funding_currency: "THB",
    fee: 14_600,
    fee_vat: 1_022,
    interest: 0,
    interest_vat: 0,
    net: satang - 15_622,
    metadata: { order_id: order },
    status: "pending",
    capture: true,
    authorized: false,
    reversed: false,
    expires_at: "2026-06-09T04:00:51Z",
    expired: false,
    expired_at: null,
    voided: false,
    paid: false,
    paid_at: null,
    refunded_amount: 0,
    refunds: { object: "list", data: [] },
    failure_code: null,
    failure_message: null,
    source: { object: "source", id: id.replace("chrg", "src"), amount: satang, currency: "THB", ...source },
    authorize_uri: null,
    ...changes,
  }
}

/** The envelope Omise posts: the whole charge as it stood at that moment. */
export function omiseEvent(key: string, createdAt: string, data: Json): Json {
  return { object: "event", id: `evnt_${key.replace(".", "")}`, livemode: true, key, created_at: createdAt, data }
}

/** A UnivaPay konbini charge. */
export function univapayKonbini(id: string, yen: number, status: string, metadata: Json, changes: Json = {}): Json {
  return {
    id,
    store_id: "11ec9f7f-0000-4000-8000-000000000001",
    transaction_token_id: "11ed07f5-0000-4000-8000-000000000002",
    transaction_token_type: "one_time",
    subscription_id: null,
    merchant_transaction_id: null,
    requested_amount: yen,
    requested_currency: "JPY",
    requested_amount_formatted: yen,
    charged_amount: yen,
    charged_currency: "JPY",
    charged_amount_formatted: yen,
    only_direct_currency: false,
    capture_at: null,
    descriptor: null,
    status,
    error: null,
    metadata,
    mode: "live",
    created_on: "2026-06-03T06:28:44.521327Z",
    ...changes,
  }
}

/** The token that goes with a UnivaPay konbini charge: it alone names the store and the time to pay. */
export function univapayToken(store: string): Json {
  return {
    id: "11ed07f5-0000-4000-8000-000000000002",
    payment_type: "konbini",
    type: "one_time",
    mode: "live",
    data: {
      customer_name: "テスト 太郎",
      convenience_store: store,
      phone_number: { country_code: "81", local_number: "0300000000" },
      expiration_period: "P7D",
      expiration_time_shift: "23:59:59+09:00",
    },
  }
}
