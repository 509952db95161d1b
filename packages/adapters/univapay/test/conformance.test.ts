import { Result, Schema } from "effect"
import type { CancelItem } from "univapay-node/resources/Cancels"
import { CancelStatus } from "univapay-node/resources/Cancels"
import type { ChargeExpiry, ChargeItem } from "univapay-node/resources/Charges"
import { ChargeStatus } from "univapay-node/resources/Charges"
import { BankTransferBrand, OnlineBrand, ProcessingMode } from "univapay-node/resources/common/enums"
import type { RefundItem } from "univapay-node/resources/Refunds"
import { RefundReason, RefundStatus } from "univapay-node/resources/Refunds"
import type {
  TransactionTokenBankTransferData,
  TransactionTokenConvenienceDataItem,
  TransactionTokenItem,
} from "univapay-node/resources/TransactionTokens"
import { ConvenienceStore, PaymentType, TransactionTokenType } from "univapay-node/resources/TransactionTokens"
import { WebHookTrigger } from "univapay-node/resources/WebHooks"
import { describe, expect, test } from "vitest"
import { METHODS, STORES, toMethod } from "../src/methods.ts"
import { Cancel } from "../src/wire/Cancel.ts"
import { CHARGE_STATUSES, Charge } from "../src/wire/Charge.ts"
import { Expiry } from "../src/wire/Expiry.ts"
import { WEBHOOK_EVENTS } from "../src/wire/events.ts"
import { REFUND_REASONS, REQUEST_STATUSES, Refund } from "../src/wire/Refund.ts"
import { Token } from "../src/wire/Token.ts"

/** The SDK writes the API's `created_on` as `createdOn`. Where it allows null we read *unknown*, so null is left out of the types and tried below. */
type SnakeKey<Key extends string> = Key extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeKey<Tail>}`
  : ""
type OnTheWire<Value> = Value extends string | number | bigint | boolean | null | undefined
  ? Value
  : Value extends ReadonlyArray<infer Item>
    ? ReadonlyArray<OnTheWire<Item>>
    : { [Key in keyof Value as SnakeKey<Key & string>]: OnTheWire<Exclude<Value[Key], null>> }

function onTheWire<Value>(value: Value): OnTheWire<Value> {
  // The compiler cannot follow the renaming; the type says what the loop does.
  return renamed(value) as OnTheWire<Value>
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed)
  if (typeof value !== "object" || value === null) return value
  const named = Object.entries(value).map(([key, item]) => [
    key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
    renamed(item),
  ])
  return Object.fromEntries(named)
}

describe("each value of the SDK's enumerations is known by name", () => {
  test.each(Object.values(ChargeStatus))("charge status %s", value => expect(CHARGE_STATUSES).toContain(value))

  test.each(Object.values(RefundStatus))("refund status %s", value => expect(REQUEST_STATUSES).toContain(value))

  test.each(Object.values(CancelStatus))("cancel status %s", value => expect(REQUEST_STATUSES).toContain(value))

  test.each(Object.values(RefundReason))("refund reason %s", value => expect(REFUND_REASONS).toContain(value))

  test.each(Object.values(WebHookTrigger))("webhook trigger %s", value => expect(WEBHOOK_EVENTS).toHaveProperty(value))

  test.each(Object.values(ConvenienceStore))("store %s", value => expect(STORES.map(row => row.word)).toContain(value))

  test.each(Object.values(PaymentType))("payment type %s", value => {
    const isBranded = value === "konbini" || value === "online" || value === "bank_transfer"
    expect(isBranded || METHODS.some(row => row.word === value)).toBe(true)
    expect(toMethod({ payment_type: value })).not.toEqual({ _tag: "Other", word: value === "paidy" ? "" : value })
  })

  test("a bank, and an online brand without a name of ours, keep theirs", () => {
    expect(toMethod({ payment_type: "bank_transfer", data: { brand: BankTransferBrand.AOZORA_BANK } })).toEqual({
      _tag: "BankTransfer",
      bank: "aozora-bank",
    })
    for (const brand of Object.values(OnlineBrand))
      expect(toMethod({ payment_type: "online", data: { brand } })).toHaveProperty("wallet")
  })
})

/** Compiles only while our wire types accept what the SDK's types allow. */
const accepted = {
  charge: (item: OnTheWire<ChargeItem>): typeof Charge.Encoded => item,
  token: (item: OnTheWire<TransactionTokenItem<TransactionTokenConvenienceDataItem>>): typeof Token.Encoded => item,
  refund: (item: OnTheWire<RefundItem>): typeof Refund.Encoded => item,
  cancel: (item: OnTheWire<CancelItem>): typeof Cancel.Encoded => item,
  expiry: (item: OnTheWire<ChargeExpiry>): typeof Expiry.Encoded => item,
}

describe("our wire types read what the SDK's types allow", () => {
  const chargeItem: ChargeItem = {
    id: "11ed07f5-345d-4308-a4c9-9f6b3663e18f",
    merchantId: "m",
    storeId: "s",
    mode: ProcessingMode.LIVE,
    transactionTokenType: TransactionTokenType.ONE_TIME,
    status: ChargeStatus.SUCCESSFUL,
    createdOn: "2022-07-20T06:28:44.521327Z",
    descriptor: "d",
    onlyDirectCurrency: false,
    requestedAmount: 100,
    requestedCurrency: "JPY",
    requestedAmountFormatted: 100,
    chargedAmount: 100,
    chargedCurrency: "JPY",
    chargedAmountFormatted: 100,
    threeDs: { redirectEndpoint: "https://shop.example.com" },
    redirect: { redirectId: "r" },
    transactionTokenId: "t",
    feeAmount: 3,
    feeCurrency: "JPY",
    feeAmountFormatted: "3",
    error: { code: 306, message: "declined", details: "d" },
    metadata: { number: 10, big: 10n, list: ["1", 2] },
  }

  test("a charge, its amounts and its error", () => {
    const decoded = Schema.decodeUnknownResult(Charge)(accepted.charge(onTheWire(chargeItem)))
    const withoutFees = { ...onTheWire(chargeItem), fee_amount: null, fee_currency: null }
    expect(Result.isSuccess(Schema.decodeUnknownResult(Charge)(withoutFees))).toBe(true)
    expect(Result.getOrThrow(decoded)).toMatchObject({
      status: "successful",
      charged_amount: 100,
      fee_amount: 3,
      error: { code: 306, message: "declined" },
      created_on: chargeItem.createdOn,
    })
  })

  test("a konbini token and its period", () => {
    const item: TransactionTokenItem<TransactionTokenConvenienceDataItem> = {
      active: true,
      id: "t",
      storeId: "s",
      email: "hanako@example.com",
      mode: ProcessingMode.TEST,
      createdOn: "2022-07-20T06:28:44Z",
      lastUsedOn: "2022-07-20T06:28:44Z",
      type: TransactionTokenType.ONE_TIME,
      paymentType: PaymentType.KONBINI,
      data: {
        convenienceStore: ConvenienceStore.LAWSON,
        expirationPeriod: "P7D",
        expirationTimeShift: "23:59:59+09:00",
      },
    }
    expect(Result.getOrThrow(Schema.decodeUnknownResult(Token)(accepted.token(onTheWire(item))))).toMatchObject({
      payment_type: "konbini",
      data: { convenience_store: "lawson", expiration_period: "P7D", expiration_time_shift: "23:59:59+09:00" },
    })
  })

  test("a bank transfer's account, and what is null of it", () => {
    const data: TransactionTokenBankTransferData = {
      accountHolderName: null,
      accountId: null,
      accountNumber: "0012345",
      bankCode: "0398",
      bankName: "bank",
      branchCode: null,
      branchName: null,
      brand: BankTransferBrand.AOZORA_BANK,
    }
    const decoded = Schema.decodeUnknownResult(Token)({ payment_type: "bank_transfer", data: onTheWire(data) })
    expect(Result.getOrThrow(decoded)).toMatchObject({
      data: { account_number: "0012345", bank_name: "bank", branch_code: undefined },
    })
  })

  test("a refund, a cancel and an expiry", () => {
    const shared = {
      id: "r",
      storeId: "s",
      chargeId: "c",
      mode: ProcessingMode.LIVE,
      createdOn: "2022-07-20T06:28:44Z",
    }
    const refund: RefundItem = {
      ...shared,
      status: RefundStatus.SUCCESSFUL,
      amount: 100,
      currency: "JPY",
      amountFormatted: 100,
      reason: RefundReason.CHARGEBACK_REVERSE,
    }
    const cancel: CancelItem = { ...shared, status: CancelStatus.PENDING }
    const expiry: ChargeExpiry = {
      id: "e",
      chargeId: "c",
      expirationDate: "2022-07-27T14:59:59Z",
      extensionCount: 0,
      createdOn: "x",
      updatedOn: "y",
    }
    expect(Result.getOrThrow(Schema.decodeUnknownResult(Refund)(accepted.refund(onTheWire(refund))))).toMatchObject({
      amount: 100,
      reason: "chargeback_reverse",
    })
    expect(Result.getOrThrow(Schema.decodeUnknownResult(Cancel)(accepted.cancel(onTheWire(cancel))))).toMatchObject({
      charge_id: "c",
      status: "pending",
    })
    expect(Result.getOrThrow(Schema.decodeUnknownResult(Expiry)(accepted.expiry(onTheWire(expiry))))).toEqual({
      charge_id: "c",
      expiration_date: "2022-07-27T14:59:59Z",
    })
  })
})
