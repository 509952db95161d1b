import { known, type PaymentMethod, toMoney } from "@payfold/domain"
import { Result } from "effect"
import { STORES } from "./methods.ts"
import { Refusal } from "./Refusal.ts"
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
  const stores = STORES.filter(row => row.withdrawn === undefined).map(row => row.word)
  const broken =
    broke(
      !stores.includes(input.convenienceStore),
      "data.convenience_store",
      `one of ${stores.join(", ")}`,
      CLIENT_SDK,
    ) ??
    broke(input.customerName.trim() === "", "data.customer_name", "not empty: it is printed on the slip", GUIDE) ??
    broke(
      !PHONE.test(input.phoneNumber),
      "data.phone_number",
      "a Japanese number, 9 to 11 digits and nothing else",
      PHP_SDK,
    ) ??
    broke(email === "", "email", "not empty, where given: the number is mailed there", GUIDE) ??
    brokenExpiration(expiration) ??
    brokenMetadata(metadata)
  if (broken !== undefined) return Result.fail(broken)
  return Result.succeed(
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

export interface ChargeInput {
  readonly tokenId: string
  /** Minor units. */
  readonly amount: number
  readonly currency: string
  readonly metadata?: Metadata
}

/** `POST /charges` of a token. */
export function charge({ tokenId, amount, currency, metadata }: ChargeInput): Result.Result<RequestFields, Refusal> {
  const broken =
    broke(!ID.test(tokenId), "transaction_token_id", "the id of a token: letters, digits and hyphens", GUIDE) ??
    brokenMoney(amount, currency) ??
    brokenMetadata(metadata)
  if (broken !== undefined) return Result.fail(broken)
  return Result.succeed(known({ transaction_token_id: tokenId, amount, currency: currency.toUpperCase(), metadata }))
}

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
export function refund(input: RefundInput): Result.Result<RequestFields, Refusal> {
  const { method, amount, currency, reason, message, metadata } = input
  const broken =
    broke(isCash(method), "method", "konbini, Pay-easy and bank transfers cannot be refunded", CLIENT_SDK) ??
    brokenMoney(amount, currency) ??
    brokenMetadata(metadata)
  if (broken !== undefined) return Result.fail(broken)
  return Result.succeed(known({ amount, currency: currency.toUpperCase(), reason, message, metadata }))
}

export interface CancelInput {
  /** How the charge stands. */
  readonly status: (typeof CHARGE_STATUSES)[number]
  readonly metadata?: Metadata
}

/** `POST …/cancels` of a charge: releases a card's hold, withdraws what still awaits its payer. */
export function cancel({ status, metadata }: CancelInput): Result.Result<RequestFields, Refusal> {
  const isOpen = reachableFrom(status).includes("canceled")
  const broken =
    broke(!isOpen, "status", `a charge that is ${status} cannot be cancelled any more`, CLIENT_SDK) ??
    brokenMetadata(metadata)
  return broken === undefined ? Result.succeed(known({ metadata })) : Result.fail(broken)
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

const PHONE = /^\d{9,11}$/
const ID = /^[A-Za-z0-9-]{1,64}$/
const TIME_SHIFT = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?[+-](?:0\d|1[0-4]):[0-5]\d$/

function broke(isBroken: boolean, field: string, rule: string, source: string): Refusal | undefined {
  return isBroken ? new Refusal({ field, rule, source }) : undefined
}

function brokenExpiration(expiration: KonbiniTokenInput["expiration"]): Refusal | undefined {
  if (expiration === undefined) return undefined
  const { days, timeShift } = expiration
  return (
    broke(!Number.isInteger(days) || days < 7 || days > 30, "data.expiration_period", "7 to 30 whole days", PHP_SDK) ??
    broke(
      !TIME_SHIFT.test(timeShift),
      "data.expiration_time_shift",
      "a time of day with its offset, such as 23:59:59+09:00",
      NODE_SDK,
    )
  )
}

function brokenMoney(amount: number, currency: string): Refusal | undefined {
  const isAmount = toMoney(amount, "JPY") !== undefined
  return (
    broke(!isAmount, "amount", "a positive whole number of minor units, at most 2^53−1", CLIENT_SDK) ??
    broke(toMoney(1, currency) === undefined, "currency", "an ISO 4217 code of three letters", CLIENT_SDK)
  )
}

function brokenMetadata(metadata: Metadata | undefined): Refusal | undefined {
  const [key] = Object.entries(metadata ?? {}).find(([, value]) => !isFlat(value)) ?? []
  return broke(key !== undefined, `metadata.${key}`, "a text, number, truth value, null, or a list of those", NODE_SDK)
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
