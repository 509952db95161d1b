import { known, type PaymentMethod, toMoney } from "@payfold/domain"
import { keeping, type Refusal, type Rule } from "@payfold/domain/adapter"
import type { Result } from "effect"
import { STORES } from "./methods.ts"
import { CHARGE_STATUSES } from "./wire/Charge.ts"
import type { REFUND_REASONS } from "./wire/Refund.ts"

const GUIDE = "UnivaPay konbini guide, seed 001 (2025-04-23)"
const CLIENT_SDK = "UnivaPay client SDKs (August 2026, read 2026-11-20)"
const PHP_SDK = "univapay-php-sdk (March 2026, read 2026-11-20)"
const NODE_SDK = "univapay-node 4.0.130 (read 2026-11-20)"

/** The body of a request, ready to be sent as JSON. */
export type RequestFields = Readonly<Record<string, unknown>>

/** Flat: texts, numbers, truth values, null, and lists of those. */
export type Metadata = Readonly<Record<string, unknown>>

/** A payment at a counter: which one, and who pays there. */
export interface KonbiniTokenInput {
  /** UnivaPay's word: `family_mart`, `pay_easy`. */
  readonly convenienceStore: string
  readonly customerName: string
  /** Digits only; Japanese numbers only, so there is no country to choose. */
  readonly phoneNumber: string
  readonly email?: string
  /** Whole days until the last day, 7 to 30, and the time of that day with its offset: `23:59:59+09:00`. 30 days where absent. */
  readonly expiration?: { readonly days: number; readonly timeShift: string }
  readonly metadata?: Metadata
}

/** `POST /tokens` for a payment at a counter, used once. */
export function konbiniToken(input: KonbiniTokenInput): Result.Result<RequestFields, Refusal> {
  const { email, expiration, metadata } = input
  return keeping(
    [
      rule(
        OFFERED.includes(input.convenienceStore),
        "data.convenience_store",
        `one of ${OFFERED.join(", ")}`,
        CLIENT_SDK,
      ),
      rule(input.customerName.trim() !== "", "data.customer_name", "not empty: it is printed on the slip", GUIDE),
      rule(
        PHONE.test(input.phoneNumber),
        "data.phone_number",
        "a Japanese number, 9 to 11 digits and nothing else",
        PHP_SDK,
      ),
      rule(email !== "", "email", "not empty where it is given: the number is mailed there", GUIDE),
      ...expirationRules(expiration),
      metadataRule(metadata),
    ],
    () =>
      known({
        payment_type: "konbini",
        type: "one_time",
        email,
        data: known({
          customer_name: input.customerName,
          convenience_store: input.convenienceStore,
          phone_number: { country_code: "81", local_number: input.phoneNumber },
          expiration_period: expiration === undefined ? undefined : `P${expiration.days}D`,
          expiration_time_shift: expiration?.timeShift,
        }),
        metadata,
      }),
  )
}

/** What is to be paid by a token. */
export interface ChargeInput {
  readonly tokenId: string
  /** Minor units. */
  readonly amount: number
  readonly currency: string
  readonly metadata?: Metadata
}

/** `POST /charges` of a token. */
export function chargeOfToken(input: ChargeInput): Result.Result<RequestFields, Refusal> {
  const { tokenId, amount, currency, metadata } = input
  return keeping(
    [
      rule(ID.test(tokenId), "transaction_token_id", "the id of a token: letters, digits and hyphens", GUIDE),
      ...moneyRules(amount, currency),
      metadataRule(metadata),
    ],
    () => known({ transaction_token_id: tokenId, amount, currency: currency.toUpperCase(), metadata }),
  )
}

/** What is to be given back of a charge. */
export interface RefundInput {
  /** How the charge was paid: cash is not given back by UnivaPay. */
  readonly method: PaymentMethod
  readonly amount: number
  readonly currency: string
  /** The reasons a merchant may set; the others are the provider's. */
  readonly reason?: Extract<(typeof REFUND_REASONS)[number], "duplicate" | "fraud" | "customer_request">
  readonly message?: string
  readonly metadata?: Metadata
}

/** `POST …/refunds` of a charge. */
export function refundOf(input: RefundInput): Result.Result<RequestFields, Refusal> {
  const { method, amount, currency, reason, message, metadata } = input
  return keeping(
    [
      rule(!isCash(method), "method", "konbini, Pay-easy and bank transfers cannot be refunded", CLIENT_SDK),
      ...moneyRules(amount, currency),
      metadataRule(metadata),
    ],
    () => known({ amount, currency: currency.toUpperCase(), reason, message, metadata }),
  )
}

/** The charge that is to be called off, as it stands. */
export interface CancelInput {
  /** How the charge stands. */
  readonly status: (typeof CHARGE_STATUSES)[number]
  readonly metadata?: Metadata
}

/** `POST …/cancels` of a charge: releases a card's hold, withdraws what still awaits its payer. */
export function cancelOf({ status, metadata }: CancelInput): Result.Result<RequestFields, Refusal> {
  const isOpen = reachableFrom(status).includes("canceled")
  return keeping(
    [
      rule(isOpen, "status", `a charge that is ${status} cannot be cancelled any more`, CLIENT_SDK),
      metadataRule(metadata),
    ],
    () => known({ metadata }),
  )
}

/**
 * The statuses a charge may still come to, by the provider's own table.
 *
 * Source: UnivaPay client SDK for Ruby, `CHARGE_TRANSITIONS` (August 2026, read 2026-11-20).
 */
export function reachableFrom(status: (typeof CHARGE_STATUSES)[number]): ReadonlyArray<string> {
  switch (status) {
    case "pending":
    case "awaiting":
    case "authorized":
      return CHARGE_STATUSES.slice(CHARGE_STATUSES.indexOf(status) + 1)
    case "successful":
    case "failed":
    case "error":
    case "canceled":
      return []
  }
}

const OFFERED = STORES.filter(row => row.withdrawn === undefined).map(row => row.word)
const PHONE = /^\d{9,11}$/
const ID = /^[A-Za-z0-9-]{1,64}$/
const TIME_SHIFT = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?[+-](?:0\d|1[0-4]):[0-5]\d$/

function rule(isKept: boolean, field: string, text: string, source: string): Rule {
  return { isKept, field, rule: text, source }
}

function expirationRules(expiration: KonbiniTokenInput["expiration"]): ReadonlyArray<Rule> {
  if (expiration === undefined) return []
  const { days, timeShift } = expiration
  const isPeriod = Number.isInteger(days) && days >= 7 && days <= 30
  const isShift = TIME_SHIFT.test(timeShift)
  return [
    rule(isPeriod, "data.expiration_period", "7 to 30 whole days", PHP_SDK),
    rule(isShift, "data.expiration_time_shift", "a time of day with its offset, such as 23:59:59+09:00", NODE_SDK),
  ]
}

function moneyRules(amount: number, currency: string): ReadonlyArray<Rule> {
  const isAmount = toMoney(amount, "JPY") !== undefined
  return [
    rule(isAmount, "amount", "a positive whole number of minor units, at most 2^53−1", CLIENT_SDK),
    rule(toMoney(1, currency) !== undefined, "currency", "an ISO 4217 code of three letters", CLIENT_SDK),
  ]
}

function metadataRule(metadata: Metadata = {}): Rule {
  const [key] = Object.entries(metadata).find(([, value]) => !isFlat(value)) ?? []
  const field = key === undefined ? "metadata" : `metadata.${key}`
  return rule(key === undefined, field, "a text, number, truth value, null, or a list of those", NODE_SDK)
}

function isFlat(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value)
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)
}

function isCash({ _tag }: PaymentMethod): boolean {
  return _tag === "Konbini" || _tag === "PayEasy" || _tag === "CounterCash" || _tag === "BankTransfer"
}
