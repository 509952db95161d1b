import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { formatMethod, methodFromLeaves, methodLeaves, type PaymentMethod } from "../src/PaymentMethod.ts"
import { methods } from "../testing/generators/methods.ts"
import { stateText } from "../testing/stateText.ts"

describe("a payment method", () => {
  it("is the same after it was taken apart into leaves", () => {
    fc.assert(fc.property(methods, method => stateText(methodFromLeaves(methodLeaves(method))) === stateText(method)))
  })

  it("is unknown while no report names its kind", () => {
    expect(methodFromLeaves({})).toBeUndefined()
    expect(methodFromLeaves({ store: "lawson" })).toBeUndefined()
  })

  it("of a kind that is not ours is unknown, never a crash", () => {
    expect(methodFromLeaves({ kind: "Telepathy" })).toBeUndefined()
  })

  it("leaves out what its kind does not have", () => {
    expect(methodFromLeaves({ kind: "Card", store: "lawson", counter: "konbini" })).toEqual({ _tag: "Card" })
  })

  it("of cash at an unknown counter agrees with each named counter", () => {
    for (const kind of ["Konbini", "PayEasy", "OnlineBanking"] as const) {
      expect(methodLeaves({ _tag: kind })["kind"]).toBe("CounterCash")
    }
  })
})

describe("formatMethod", () => {
  it.each<[PaymentMethod, string]>([
    [{ _tag: "Konbini" }, "konbini"],
    [{ _tag: "Konbini", store: "lawson" }, "konbini (lawson)"],
    [{ _tag: "PayEasy" }, "Pay-easy"],
    [{ _tag: "OnlineBanking" }, "online banking"],
    [{ _tag: "CounterCash" }, "konbini or Pay-easy"],
    [{ _tag: "BillPayment", biller: "lotus" }, "bill payment (lotus)"],
    [{ _tag: "Installment" }, "installment"],
    [{ _tag: "Installment", bank: "kbank", termMonths: 4 }, "installment (kbank, 4 months)"],
    [{ _tag: "Installment", interestBorneBy: "merchant" }, "installment (interest borne by merchant)"],
    [{ _tag: "BarcodeWallet", wallet: "alipay" }, "barcode (alipay)"],
    [{ _tag: "InternetBanking", bank: "bay" }, "internet banking (bay)"],
    [{ _tag: "MobileBanking", bank: "scb" }, "mobile banking (scb)"],
    [{ _tag: "Wallet", wallet: "paypay" }, "wallet (paypay)"],
    [{ _tag: "QrCode", scheme: "promptpay" }, "QR (promptpay)"],
    [{ _tag: "BankTransfer", bank: "mizuho" }, "bank transfer (mizuho)"],
    [{ _tag: "Card", brand: "Visa" }, "card (Visa)"],
    [{ _tag: "Other", word: "telepathy" }, "telepathy"],
  ])("writes %j for people as %s", (method, written) => {
    expect(formatMethod(method)).toBe(written)
  })
})
