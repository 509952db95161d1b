import { Instructions, PaymentMethod } from "@payfold/domain"
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { METHODS, toMethod } from "../src/methods.ts"

describe("the method of a token", () => {
  test.each([
    ["konbini", { convenience_store: "seven_eleven" }, { _tag: "Konbini", store: "seven-eleven" }],
    ["konbini", { convenience_store: "family_mart" }, { _tag: "Konbini", store: "family-mart" }],
    ["konbini", { convenience_store: "lawson" }, { _tag: "Konbini", store: "lawson" }],
    ["konbini", { convenience_store: "mini_stop" }, { _tag: "Konbini", store: "ministop" }],
    ["konbini", { convenience_store: "seico_mart" }, { _tag: "Konbini", store: "seicomart" }],
    ["konbini", { convenience_store: "daily_yamazaki" }, { _tag: "Konbini", store: "daily-yamazaki" }],
    ["konbini", { convenience_store: "circle_k" }, { _tag: "Konbini", store: "circle-k" }],
    ["konbini", { convenience_store: "sunkus" }, { _tag: "Konbini", store: "sunkus" }],
    ["konbini", { convenience_store: "new_days" }, { _tag: "Konbini", store: "new_days" }],
    ["konbini", { convenience_store: "pay_easy" }, { _tag: "PayEasy" }],
    ["konbini", {}, { _tag: "CounterCash" }],
    ["bank_transfer", { brand: "aozora_bank" }, { _tag: "BankTransfer", bank: "aozora-bank" }],
    ["bank_transfer", {}, { _tag: "BankTransfer" }],
    ["online", { brand: "pay_pay_online" }, { _tag: "Wallet", wallet: "paypay" }],
    ["online", { brand: "zalopay" }, { _tag: "Wallet", wallet: "zalopay" }],
    ["qr_scan", { brand: "origami" }, { _tag: "QrCode", scheme: "origami" }],
    ["qr_merchant", {}, { _tag: "QrCode" }],
    ["card", { card: { brand: "visa" } }, { _tag: "Card", brand: "visa" }],
    ["apple_pay", {}, { _tag: "Wallet", wallet: "apple-pay" }],
    ["paidy", {}, { _tag: "Other", word: "paidy" }],
    ["konbini", { convenience_store: "Taro Yamada" }, { _tag: "CounterCash" }],
    ["bank_transfer", { brand: "taro@example.com" }, { _tag: "BankTransfer" }],
    ["online", { brand: "Taro Yamada" }, { _tag: "Wallet" }],
    ["qr_scan", { brand: "Taro Yamada" }, { _tag: "QrCode" }],
    ["card", { card: { brand: "Taro Yamada" } }, { _tag: "Card" }],
    ["Taro Yamada", {}, undefined],
    ["direct_debit", {}, { _tag: "Other", word: "direct_debit" }],
  ])("%s %j", (type, data, method) => {
    expect(toMethod({ payment_type: type, data })).toEqual(method)
  })

  test("is unknown without a payment type", () => {
    expect(toMethod({ data: { convenience_store: "lawson" } })).toBeUndefined()
  })
})

describe("the declared table", () => {
  test("names each word once, a method the domain knows, and its source", () => {
    expect(new Set(METHODS.map(row => row.word)).size).toBe(METHODS.length)
    for (const row of METHODS) {
      expect(Schema.is(PaymentMethod)(row.method), row.word).toBe(true)
      expect(row.source, row.word).toMatch(/20\d\d/)
      for (const name of row.instructions) expect(Instructions.fields).toHaveProperty(name)
    }
  })

  test("cash is never refunded, and can be called off while it waits", () => {
    const cash = METHODS.filter(row => ["Konbini", "PayEasy", "BankTransfer"].includes(row.method._tag))
    expect(new Set(cash.map(row => `${row.refund} ${row.cancel}`))).toEqual(new Set(["none yes"]))
  })
})
