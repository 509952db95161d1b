import { type Instant, known, MinorUnits, toMoney } from "@payfold/domain"
import { keeping, type Refusal, type Rule } from "@payfold/domain/adapter"
import { type Result, Schema } from "effect"
import { methodRow } from "./methods.ts"
import { type Form, formOf, nested } from "./requests/form.ts"
import { INSTALLMENT_PLANS, type InstallmentPlan } from "./requests/installmentPlans.ts"

/** A source to be created: on its own, or inside its charge. Made by the builders below only, so its rules are kept. */
export interface SourceRequest {
  readonly type: string
  readonly amount: number
  readonly currency: string
  /** All fields, `amount`, `currency` and `type` first. */
  readonly form: Form
}

const SEED_000 = "seed 000: Convenience Store / Pay-easy / Online Banking (read 2026-11-20)"
const SEED_002 = "seed 002: Source API (read 2026-11-20)"
const SEED_003 = "seed 003: Bill Payment (read 2026-11-20)"
const SEED_004 = "seed 004: 分割払い (read 2026-11-20)"

const isMinorUnits = Schema.is(MinorUnits)

/** What a payment at a konbini, by Pay-easy or by online banking takes. */
export interface EcontextInput {
  /** Yen. */
  readonly amount: number
  /** As the payer reads it at the store. */
  readonly name: string
  readonly email: string
  /** Text, because it begins with a zero. */
  readonly phoneNumber: string
}

/** Letters, digits, hiragana, katakana with its long-vowel and voicing marks, kanji: each counts one, also beyond the basic plane. */
const ECONTEXT_NAME = /^[A-Za-z0-9\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ーｰﾞﾟ]{1,10}$/u

/** Konbini, Pay-easy and online banking in Japan: the payer chooses on Omise's page. */
export function econtextSource({
  amount,
  name,
  email,
  phoneNumber,
}: EcontextInput): Result.Result<SourceRequest, Refusal> {
  const emailLength = [...email].length
  const isEmail = emailLength >= 6 && emailLength <= 50
  return keeping(
    [
      ...limits("econtext", amount, "JPY"),
      rule(ECONTEXT_NAME.test(name), "name", "at most 10 letters, digits, kana or kanji, at least one", SEED_000),
      rule(isEmail, "email", "6 to 50 characters", SEED_000),
      rule(
        /^0[0-9]{9,10}$/.test(phoneNumber),
        "phone_number",
        "10 to 11 digits, of which the first is a zero",
        SEED_000,
      ),
    ],
    () => source("econtext", amount, "JPY", { name, email, phone_number: phoneNumber }),
  )
}

/** The counter of Lotus's in Thailand; satang. The payer pays 10 THB on top, which are not part of the amount. */
export function billPaymentSource({ amount }: { readonly amount: number }): Result.Result<SourceRequest, Refusal> {
  return keeping(limits("bill_payment_tesco_lotus", amount, "THB"), () =>
    source("bill_payment_tesco_lotus", amount, "THB", {}),
  )
}

/** What a payment by installments takes. */
export interface InstallmentInput {
  /** The source's type: `installment_kbank`. */
  readonly type: string
  /** Satang; sen for `installment_mbb`. */
  readonly amount: number
  readonly termMonths: number
  /** True: the merchant bears the interest. Left out: as set in the dashboard. */
  readonly zeroInterestInstallments?: boolean
  /** What the account's capability says, in place of the table. */
  readonly plan?: InstallmentPlan
}

/** Payment by installments on a card of one bank; its charge needs a `return_uri`. */
export function installmentSource(input: InstallmentInput): Result.Result<SourceRequest, Refusal> {
  const { type, amount, termMonths } = input
  const row = methodRow(type)
  const currency = row?.currencies[0] ?? "THB"
  const plan = input.plan ?? INSTALLMENT_PLANS.get(type)
  const monthly = (plan?.monthlyMinimum ?? 0) * termMonths
  return keeping(
    [
      rule(row?.method._tag === "Installment", "type", "a type of installments that Omise has", SEED_004),
      ...offered(type),
      rule(isMinorUnits(amount), "amount", "a positive whole number of minor units", SEED_004),
      rule(currency !== "THB" || amount >= 200_000, "amount", "at least 2,000.00 THB in total", SEED_004),
      rule(
        plan === undefined || plan.termsMonths.includes(termMonths),
        "installment_term",
        `one of ${plan?.termsMonths.join(", ")} months`,
        plan?.source ?? SEED_004,
      ),
      rule(
        Number.isInteger(termMonths) && termMonths >= 1 && termMonths <= 120,
        "installment_term",
        "whole months",
        SEED_004,
      ),
      rule(
        amount >= monthly,
        "amount",
        `at least ${(plan?.monthlyMinimum ?? 0) / 100} ${currency} a month`,
        plan?.source ?? SEED_004,
      ),
    ],
    () =>
      source(type, amount, currency, {
        installment_term: termMonths,
        zero_interest_installments: input.zeroInterestInstallments,
      }),
  )
}

/** What a payment by a scanned code takes, and where it was scanned. */
export interface BarcodeInput {
  readonly type: "barcode_alipay" | "barcode_wechat"
  /** Satang. */
  readonly amount: number
  /** What the payer's app shows and the store scans. */
  readonly barcode: string
  readonly storeId?: string
  readonly storeName?: string
  readonly terminalId?: string
}

/** A wallet whose code the store scans. */
export function barcodeSource({
  type,
  amount,
  barcode,
  ...store
}: BarcodeInput): Result.Result<SourceRequest, Refusal> {
  return keeping(
    [
      rule(isMinorUnits(amount), "amount", "a positive whole number of satang", SEED_002),
      rule(/^[!-~]{1,128}$/.test(barcode), "barcode", "the code as scanned", SEED_002),
      ...Object.entries({ store_id: store.storeId, store_name: store.storeName, terminal_id: store.terminalId }).map(
        ([field, value]) => rule(value !== "", field, "not empty where it is sent", SEED_002),
      ),
    ],
    () =>
      source(type, amount, "THB", {
        barcode,
        store_id: store.storeId,
        store_name: store.storeName,
        terminal_id: store.terminalId,
      }),
  )
}

/** What any other way to pay takes. */
export interface AnySourceInput {
  readonly type: string
  readonly amount: number
  readonly currency: string
  /** Further fields by Omise's names: `phone_number`, `bank`, `items[0][sku]`. */
  readonly fields?: Readonly<Record<string, string | number | boolean>>
}

/** A source of any type that has no builder of its own. Types of our table keep its currency and limits; a newer one is sent as it is. */
export function anySource({
  type,
  amount,
  currency,
  fields = {},
}: AnySourceInput): Result.Result<SourceRequest, Refusal> {
  const code = toMoney(1, currency)?.currency
  const currencies = methodRow(type)?.currencies ?? []
  const names = Object.keys(fields)
  return keeping(
    [
      rule(/^[a-z][a-z0-9_]{0,63}$/.test(type), "type", "a word of small letters, digits and underscores", SEED_002),
      ...withoutBuilder(type),
      ...offered(type),
      rule(isMinorUnits(amount), "amount", "a positive whole number of minor units", SEED_002),
      rule(code !== undefined, "currency", "a currency code of three letters", SEED_002),
      rule(
        code === undefined || currencies.length === 0 || currencies.includes(code),
        "currency",
        `one of ${currencies.join(", ")}`,
        methodRow(type)?.source ?? SEED_002,
      ),
      ...limits(type, amount, code ?? ""),
      rule(
        names.every(
          name => /^[a-z][a-z0-9_]*(\[[a-z0-9_]*\])*$/.test(name) && !["type", "amount", "currency"].includes(name),
        ),
        "fields",
        "names of Omise's source attributes other than type, amount and currency",
        SEED_002,
      ),
    ],
    () => source(type, amount, code ?? currency, fields),
  )
}

interface ChargeInput {
  readonly returnUri?: string
  /** UTC; `endOfDayInJapan` makes one of a day. */
  readonly expiresAt?: Instant
  readonly description?: string
  /** The place for the merchant's own reference, by which a lost answer is found again. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** What a charge of a source that exists takes. */
export interface ChargeOfSourceInput extends ChargeInput {
  /** The source as Omise answered it. */
  readonly source: { readonly id: string; readonly type: string; readonly amount: number; readonly currency: string }
  readonly amount: number
  readonly currency: string
}

/** A charge of a source that exists. Its amount and currency must be the source's. */
export function chargeOfSource(input: ChargeOfSourceInput): Result.Result<Form, Refusal> {
  const { source, amount } = input
  const [ours, theirs] = [input.currency, source.currency].map(code => toMoney(1, code)?.currency)
  return keeping(
    [
      rule(SOURCE_ID.test(source.id), "source", "the id of a source", SEED_002),
      rule(amount === source.amount && isMinorUnits(amount), "amount", "the amount of the source", SEED_003),
      rule(ours !== undefined && ours === theirs, "currency", "the currency of the source", SEED_003),
      ...chargeRules(source.type, input),
    ],
    () => [...formOf({ amount, currency: ours, source: source.id }), ...chargeForm(input)],
  )
}

/** A charge and its source in one call, which takes the secret key. */
export function chargeWithSource(source: SourceRequest, input: ChargeInput): Result.Result<Form, Refusal> {
  const own = source.form.filter(([name]) => name !== "amount" && name !== "currency")
  return keeping(chargeRules(source.type, input), () => [
    ...formOf({ amount: source.amount, currency: source.currency }),
    ...nested("source", own),
    ...chargeForm(input),
  ])
}

/** What is to be given back, and of which charge. */
export interface RefundInput {
  readonly charge: {
    /** The source's type; `card` for a card; left out where it is not known. */
    readonly type?: string
    readonly received: number
    readonly refunded?: number
    /** The charge's own flags, which go before any table. */
    readonly refundable?: boolean
    readonly partiallyRefundable?: boolean
  }
  readonly amount: number
  /** A void instead of a refund, where the day allows it. */
  readonly void?: boolean
  readonly metadata?: Readonly<Record<string, string>>
}

/** A refund: none for econtext and bill payment, all or nothing for installments. */
export function refundOf({ charge, amount, metadata = {}, ...input }: RefundInput): Result.Result<Form, Refusal> {
  const row = charge.type === undefined ? undefined : methodRow(charge.type)
  const from = row?.source ?? "Omise Refunds API (read 2026-11-20)"
  const isWhole = amount === charge.received && (charge.refunded ?? 0) === 0
  return keeping(
    [
      rule(row?.refund !== "none", "charge", `charges of ${charge.type} cannot be refunded`, from),
      rule(charge.refundable !== false, "charge", "a charge that says it is refundable", "the charge's own flag"),
      rule(isMinorUnits(amount), "amount", "a positive whole number of minor units", from),
      rule(row?.refund !== "full" || isWhole, "amount", "all that was received: there are no partial refunds", from),
      rule(charge.partiallyRefundable !== false || isWhole, "amount", "all that was received", "the charge's own flag"),
      rule(
        amount <= charge.received - (charge.refunded ?? 0),
        "amount",
        "at most what was received and not refunded yet",
        from,
      ),
      metadataRule(metadata),
    ],
    () => [...formOf({ amount, void: input.void }), ...metadataForm(metadata)],
  )
}

/** Source: pattern in the Omise Source API (read 2026-11-20). */
export const SOURCE_ID: RegExp = /^src(_test)?_[0-9a-z]+$/

function rule(isKept: boolean, field: string, text: string, source: string): Rule {
  return { isKept, field, rule: text, source }
}

function source(type: string, amount: number, currency: string, fields: Parameters<typeof formOf>[0]): SourceRequest {
  return { type, amount, currency, form: formOf({ amount, currency, type, ...fields }) }
}

/** The table's limits of a method, both ends included. */
function limits(type: string, amount: number, currency: string): ReadonlyArray<Rule> {
  const row = methodRow(type)
  const range = row?.limits
  if (row === undefined || range === undefined || range.currency !== currency) return []
  const { minimum = 1, maximum = Number.MAX_SAFE_INTEGER } = range
  const isWithin = isMinorUnits(amount) && amount >= minimum && amount <= maximum
  const bounds = range.maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`
  return [rule(isWithin, "amount", `${bounds} minor units of ${currency}`, row.source)]
}

/** Types whose rules are more than the table's: what would go round their builder is refused. */
const BUILDERS = [
  [/^econtext$/, "econtextSource", SEED_000],
  [/^bill_payment_tesco_lotus$/, "billPaymentSource", SEED_003],
  [/^installment_/, "installmentSource", SEED_004],
  [/^barcode_/, "barcodeSource", SEED_002],
] as const

function withoutBuilder(type: string): ReadonlyArray<Rule> {
  return BUILDERS.map(([types, builder, from]) =>
    rule(!types.test(type), "type", `made with ${builder}, which keeps the rules of this type`, from),
  )
}

function offered(type: string): ReadonlyArray<Rule> {
  const row = methodRow(type)
  if (row === undefined) return []
  return [
    rule(
      row.withdrawn === undefined,
      "type",
      `one that is still offered; this one was withdrawn in ${row.withdrawn}`,
      row.source,
    ),
  ]
}

function chargeRules(type: string, { returnUri, metadata = {} }: ChargeInput): ReadonlyArray<Rule> {
  const needsReturn = methodRow(type)?.method._tag === "Installment"
  return [
    rule(
      !needsReturn || returnUri !== undefined,
      "return_uri",
      "required: the bank sends the payer back there",
      SEED_004,
    ),
    rule(returnUri === undefined || isWebAddress(returnUri), "return_uri", "a web address", SEED_004),
    metadataRule(metadata),
  ]
}

function metadataRule(metadata: Readonly<Record<string, string>>): Rule {
  const isFlat = Object.keys(metadata).every(key => key !== "" && !/[[\]]/.test(key))
  return rule(isFlat, "metadata", "keys without brackets, which would nest in a form", SEED_002)
}

function chargeForm({ returnUri, expiresAt, description, metadata = {} }: ChargeInput): Form {
  const fields = known({ description, return_uri: returnUri, expires_at: expiresAt?.replace(/\.\d{3}Z$/, "Z") })
  return [...formOf(fields), ...metadataForm(metadata)]
}

function metadataForm(metadata: Readonly<Record<string, string>>): Form {
  return Object.entries(metadata).map(([key, value]) => [`metadata[${key}]`, value] as const)
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["https:", "http:"].includes(new URL(text).protocol)
}
