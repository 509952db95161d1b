import type { Refusal } from "@payfold/domain/adapter"
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { endOfDayInJapan } from "../src/requests/endOfDayInJapan.ts"
import {
  anySource,
  barcodeSource,
  billPaymentSource,
  chargeOfSource,
  chargeWithSource,
  econtextSource,
  installmentSource,
  refundOf,
} from "../src/requests.ts"

const ECONTEXT = { amount: 150, name: "テストタロウ", email: "taro@example.com", phoneNumber: "0312345678" }
const INSTALLMENT = { type: "installment_kbank", amount: 500_000, termMonths: 4 }

function refusalOf(result: Result.Result<unknown, Refusal>): Refusal {
  if (Result.isSuccess(result)) throw new Error("expected a refusal")
  return result.failure
}

describe("econtext", () => {
  it("becomes the form of seed 000, the phone number's zero kept", () => {
    expect(Result.getOrThrow(econtextSource(ECONTEXT)).form).toEqual([
      ["amount", "150"],
      ["currency", "JPY"],
      ["type", "econtext"],
      ["name", "テストタロウ"],
      ["email", "taro@example.com"],
      ["phone_number", "0312345678"],
    ])
  })

  it.each([150, 151, 49_998, 49_999])("takes %i yen", amount => {
    expect(Result.isSuccess(econtextSource({ ...ECONTEXT, amount }))).toBe(true)
  })

  it.each([149, 50_000, 0, -150, 150.5, Number.NaN, 2 ** 53])("refuses %d yen", amount => {
    expect(refusalOf(econtextSource({ ...ECONTEXT, amount }))).toMatchObject({
      _tag: "Refusal",
      field: "amount",
      rule: "150 to 49999 minor units of JPY",
      source: expect.stringContaining("seed 000"),
    })
  })

  it.each(["山田太郎", "ヤマダー", "ﾔﾏﾀﾞ", "yamada1", "𠮷田", "𠮷".repeat(10), "a"])("takes the name %s", name => {
    expect(Result.isSuccess(econtextSource({ ...ECONTEXT, name }))).toBe(true)
  })

  it.each(["", "ヤマダタロウヤマダタロウ", "Taro Test", "タロウ!", "😀", "Тарo", "\ud842"])(
    "refuses the name %j without repeating it",
    name => {
      const refusal = refusalOf(econtextSource({ ...ECONTEXT, name }))
      expect(refusal).toMatchObject({ field: "name", source: expect.stringContaining("seed 000") })
      if (name !== "") expect(refusal.message).not.toContain(name)
    },
  )

  it.each([
    ["a@b.c", false],
    ["a@b.co", true],
    [`${"a".repeat(38)}@example.com`, true],
    [`${"a".repeat(39)}@example.com`, false],
  ])("e-mail %s: %s", (email, isTaken) => {
    expect(Result.isSuccess(econtextSource({ ...ECONTEXT, email }))).toBe(isTaken)
  })

  it.each([
    ["031234567", false],
    ["0312345678", true],
    ["09012345678", true],
    ["090123456789", false],
    ["1312345678", false],
    ["03-1234-5678", false],
    ["+8131234567", false],
    ["٠٣١٢٣٤٥٦٧٨", false],
  ])("phone number %s: %s", (phoneNumber, isTaken) => {
    expect(Result.isSuccess(econtextSource({ ...ECONTEXT, phoneNumber }))).toBe(isTaken)
  })
})

describe("bill payment", () => {
  it.each([
    [1_999, false],
    [2_000, true],
    [4_900_000, true],
    [4_900_001, false],
  ])("%i satang: %s", (amount, isTaken) => {
    expect(Result.isSuccess(billPaymentSource({ amount }))).toBe(isTaken)
  })

  it("becomes the form of seed 003", () => {
    expect(Result.getOrThrow(billPaymentSource({ amount: 400_000 })).form).toEqual([
      ["amount", "400000"],
      ["currency", "THB"],
      ["type", "bill_payment_tesco_lotus"],
    ])
  })
})

describe("installments", () => {
  it("become the form of seed 004", () => {
    expect(Result.getOrThrow(installmentSource({ ...INSTALLMENT, zeroInterestInstallments: false })).form).toEqual([
      ["amount", "500000"],
      ["currency", "THB"],
      ["type", "installment_kbank"],
      ["installment_term", "4"],
      ["zero_interest_installments", "false"],
    ])
  })

  it.each([
    [{ amount: 199_999, termMonths: 3 }, "amount", "at least 2,000.00 THB in total"],
    [{ termMonths: 5 }, "installment_term", "one of 3, 4, 6, 10 months"],
    [{ amount: 299_999, termMonths: 10 }, "amount", "at least 300 THB a month"],
    [{ type: "installment_bay", amount: 499_999, termMonths: 10 }, "amount", "at least 500 THB a month"],
    [{ type: "installment_nobody" }, "type", "a type of installments that Omise has"],
    [{ type: "econtext" }, "type", "a type of installments that Omise has"],
    [{ type: "installment_citi" }, "type", "one that is still offered"],
    [{ type: "installment_scb", termMonths: 0 }, "installment_term", "whole months"],
  ])("refuse %j", (change, field, rule) => {
    expect(refusalOf(installmentSource({ ...INSTALLMENT, ...change }))).toMatchObject({
      field,
      rule: expect.stringContaining(rule),
    })
  })

  it.each([
    { amount: 200_000, termMonths: 3 },
    { amount: 300_000, termMonths: 10 },
    { type: "installment_first_choice", amount: 1_080_000, termMonths: 36 },
    { type: "installment_wlb_scb", termMonths: 9 },
    { type: "installment_scb", termMonths: 7 },
    { termMonths: 5, plan: { termsMonths: [5], source: "the account's capability" } },
  ])("take %j", change => {
    expect(Result.isSuccess(installmentSource({ ...INSTALLMENT, ...change }))).toBe(true)
  })
})

describe("other sources", () => {
  it("a scanned barcode goes with its store and terminal", () => {
    const barcode = { type: "barcode_alipay", amount: 12_345, barcode: "1234567890" } as const
    const store = { storeId: "store_1", storeName: "store 1", terminalId: "POS-01" }
    expect(Result.getOrThrow(barcodeSource({ ...barcode, ...store })).form).toEqual([
      ["amount", "12345"],
      ["currency", "THB"],
      ["type", "barcode_alipay"],
      ["barcode", "1234567890"],
      ["store_id", "store_1"],
      ["store_name", "store 1"],
      ["terminal_id", "POS-01"],
    ])
    expect(refusalOf(barcodeSource({ ...barcode, barcode: "" })).field).toBe("barcode")
    expect(refusalOf(barcodeSource({ ...barcode, storeId: "" })).field).toBe("store_id")
  })

  it("any other type goes with the fields it is given", () => {
    const fields = { bank: "ocbc", email: "taro@example.com", "items[0][sku]": "1" }
    expect(Result.getOrThrow(anySource({ type: "fpx", amount: 2_000, currency: "myr", fields })).form).toEqual([
      ["amount", "2000"],
      ["currency", "MYR"],
      ["type", "fpx"],
      ["bank", "ocbc"],
      ["email", "taro@example.com"],
      ["items[0][sku]", "1"],
    ])
    expect(Result.isSuccess(anySource({ type: "of_tomorrow", amount: 1, currency: "EUR" }))).toBe(true)
  })

  it.each([
    [{ type: "fpx", amount: 2_000, currency: "THB" }, "currency"],
    [{ type: "promptpay", amount: 1_999, currency: "THB" }, "amount"],
    [{ type: "points_citi", amount: 2_000, currency: "THB" }, "type"],
    [{ type: "paypay&amount=1", amount: 2_000, currency: "JPY" }, "type"],
    [{ type: "paypay", amount: 0, currency: "JPY" }, "amount"],
    [{ type: "paypay", amount: 1, currency: "YEN!" }, "currency"],
    [{ type: "paypay", amount: 1, currency: "JPY", fields: { amount: 2 } }, "fields"],
    [{ type: "paypay", amount: 1, currency: "JPY", fields: { "a]b": 2 } }, "fields"],
  ])("refuses %j", (input, field) => {
    expect(refusalOf(anySource(input)).field).toBe(field)
  })

  it.each([
    ["econtext", "econtextSource"],
    ["bill_payment_tesco_lotus", "billPaymentSource"],
    ["installment_kbank", "installmentSource"],
    ["installment_wlb_of_tomorrow", "installmentSource"],
    ["barcode_alipay", "barcodeSource"],
  ])("no way round the builder of %s", (type, builder) => {
    expect(refusalOf(anySource({ type, amount: 400_000, currency: "THB" }))).toMatchObject({
      field: "type",
      rule: expect.stringContaining(builder),
    })
  })
})

describe("charges", () => {
  const source = {
    id: "src_test_5irtspz7cyzyw98ftf6",
    type: "bill_payment_tesco_lotus",
    amount: 400_000,
    currency: "THB",
  }
  const OF_SOURCE = { source, amount: 400_000, currency: "thb" }

  it("of a source: seed 003, with deadline, reference and the way back", () => {
    const expiresAt = Result.getOrThrow(endOfDayInJapan("2018-07-01"))
    const input = { ...OF_SOURCE, returnUri: "https://example.com/back", expiresAt, metadata: { order_id: "3947" } }
    expect(Result.getOrThrow(chargeOfSource(input))).toEqual([
      ["amount", "400000"],
      ["currency", "THB"],
      ["source", "src_test_5irtspz7cyzyw98ftf6"],
      ["return_uri", "https://example.com/back"],
      ["expires_at", "2018-07-01T15:00:00Z"],
      ["metadata[order_id]", "3947"],
    ])
  })

  it.each([
    [{ amount: 400_001 }, "amount", "the amount of the source"],
    [{ currency: "JPY" }, "currency", "the currency of the source"],
    [{ currency: "THBB" }, "currency", "the currency of the source"],
    [{ source: { ...source, id: "chrg_test_1" } }, "source", "the id of a source"],
    [{ source: { ...source, type: "installment_bay" } }, "return_uri", "required"],
    [{ returnUri: "javascript:alert(1)" }, "return_uri", "a web address"],
    [{ metadata: { "a[b]": "1" } }, "metadata", "keys without brackets"],
  ])("of a source refuse %j", (change, field, rule) => {
    expect(refusalOf(chargeOfSource({ ...OF_SOURCE, ...change }))).toMatchObject({
      field,
      rule: expect.stringContaining(rule),
    })
  })

  it("with the source inline: seed 004", () => {
    const request = Result.getOrThrow(installmentSource(INSTALLMENT))
    expect(
      Result.getOrThrow(chargeWithSource(request, { returnUri: "http://example.com/orders/345678/complete" })),
    ).toEqual([
      ["amount", "500000"],
      ["currency", "THB"],
      ["source[type]", "installment_kbank"],
      ["source[installment_term]", "4"],
      ["return_uri", "http://example.com/orders/345678/complete"],
    ])
    expect(refusalOf(chargeWithSource(request, {})).field).toBe("return_uri")
  })

  it("nest what is nested already", () => {
    const request = Result.getOrThrow(
      anySource({ type: "atome", amount: 1, currency: "THB", fields: { "items[0][sku]": "1" } }),
    )
    expect(Result.getOrThrow(chargeWithSource(request, {}))).toContainEqual(["source[items][0][sku]", "1"])
  })
})

describe("refunds", () => {
  it.each(["econtext", "bill_payment_tesco_lotus", "promptpay"])("are refused for %s", type => {
    expect(refusalOf(refundOf({ charge: { type, received: 500 }, amount: 500 }))).toMatchObject({
      field: "charge",
      rule: `charges of ${type} cannot be refunded`,
    })
  })

  it("of installments are all or nothing", () => {
    const charge = { type: "installment_bay", received: 500_000 }
    expect(Result.getOrThrow(refundOf({ charge, amount: 500_000 }))).toEqual([["amount", "500000"]])
    expect(refusalOf(refundOf({ charge, amount: 499_999 })).field).toBe("amount")
  })

  it.each([
    [{ amount: 100 }, true],
    [{ amount: 101 }, false],
    [{ amount: 0 }, false],
    [{ amount: 0.5 }, false],
  ])("of cards up to what is left: %j is taken: %s", (change, isTaken) => {
    const charge = { type: "card", received: 300, refunded: 200 }
    expect(Result.isSuccess(refundOf({ charge, ...change }))).toBe(isTaken)
  })

  it("of wallets are not refused by a table that does not know how far they go", () => {
    const charge = { type: "truemoney", received: 300 }
    expect(Result.isSuccess(refundOf({ charge, amount: 100 }))).toBe(true)
  })

  it("hold to the charge's own flags before the table", () => {
    const charge = { type: "card", received: 300 }
    expect(refusalOf(refundOf({ charge: { ...charge, refundable: false }, amount: 300 })).field).toBe("charge")
    expect(refusalOf(refundOf({ charge: { ...charge, partiallyRefundable: false }, amount: 299 })).field).toBe("amount")
  })

  it("may be voids, with a reference", () => {
    expect(
      Result.getOrThrow(refundOf({ charge: { received: 300 }, amount: 300, void: true, metadata: { why: "x" } })),
    ).toEqual([
      ["amount", "300"],
      ["void", "true"],
      ["metadata[why]", "x"],
    ])
  })
})

describe("the end of a day in Japan", () => {
  it.each([
    ["2018-07-01", "2018-07-01T15:00:00.000Z"],
    ["2025-12-31", "2025-12-31T15:00:00.000Z"],
    ["2024-02-29", "2024-02-29T15:00:00.000Z"],
  ])("%s ends at %s", (date, instant) => {
    expect(Result.getOrThrow(endOfDayInJapan(date))).toBe(instant)
  })

  it.each(["2025-02-29", "2025-2-1", "2025-01-01T00:00:00Z", "", "9999-99-99"])("refuses %j", date => {
    expect(refusalOf(endOfDayInJapan(date)).field).toBe("date")
  })
})
