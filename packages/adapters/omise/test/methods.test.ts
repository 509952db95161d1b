import { describe, expect, it } from "vitest"
import { methodRow, OMISE_METHODS } from "../src/methods.ts"
import { INSTALLMENT_PLANS } from "../src/requests/installmentPlans.ts"

describe("the table of methods", () => {
  it("holds each word once, with where it comes from", () => {
    expect(new Set(OMISE_METHODS.map(row => row.word)).size).toBe(OMISE_METHODS.length)
    for (const row of OMISE_METHODS) expect(row.source).toMatch(/\(read \d{4}-\d{2}-\d{2}\)$/)
  })

  it.each([
    ["econtext", "CounterCash", "none"],
    ["bill_payment_tesco_lotus", "BillPayment", "none"],
    ["installment_bay", "Installment", "full"],
    ["installment_bbl", "Installment", "full"],
    ["installment_first_choice", "Installment", "full"],
    ["installment_kbank", "Installment", "full"],
    ["installment_ktc", "Installment", "full"],
    ["barcode_alipay", "BarcodeWallet", "unknown"],
  ])("knows %s of the seeds as %s, refunds %s", (word, tag, refund) => {
    expect(methodRow(word)).toMatchObject({ method: { _tag: tag }, refund })
  })

  it("claims partial refunds for cards alone, where they are recorded", () => {
    const partial = OMISE_METHODS.filter(row => row.refund === "partial").map(row => row.word)
    expect(partial).toEqual(["card", "applepay", "googlepay"])
  })

  it("knows nothing of words that are no methods", () => {
    for (const word of ["bill_payment_papaya", "__proto__", "constructor", ""]) expect(methodRow(word)).toBeUndefined()
  })

  it("has a row for each plan of installments", () => {
    for (const word of INSTALLMENT_PLANS.keys()) expect(methodRow(word)?.method._tag).toBe("Installment")
  })
})
