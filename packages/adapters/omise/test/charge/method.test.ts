import { describe, expect, it } from "vitest"
import { BILL, CARD, ECONTEXT, INSTALLMENT } from "../charges.ts"
import { eventOf, eventsOf } from "../translated.ts"

describe("methods", () => {
  const methodOf = (charge: object) => eventOf("PaymentCreated", { ...INSTALLMENT, ...charge })
  const source = { object: "source", type: "installment_wlb_first_choice", installment_term: 36 }

  it.each([
    [{ source: { ...source, zero_interest_installments: true } }, "merchant"],
    [{ source: { ...source, zero_interest_installments: false }, zero_interest_installments: true }, "payer"],
    [{ source: { ...source, absorption_type: "customer" } }, "payer"],
    [{ source, zero_interest_installments: true }, "merchant"],
  ])("reads bank, term and who bears the interest of %j", (charge, interestBorneBy) => {
    expect(methodOf(charge)).toMatchObject({
      method: { _tag: "Installment", bank: "first-choice", termMonths: 36, interestBorneBy },
    })
  })

  it("reads the term by its older name", () => {
    expect(methodOf({ source: { object: "source", type: "installment_bay", installment_terms: 4 } })).toMatchObject({
      method: { _tag: "Installment", bank: "bay", termMonths: 4 },
    })
  })

  it("takes what Omise's logs hide for unknown, and prints no line without all its digits", () => {
    const references = { omise_tax_id: "0105556091152", reference_number_1: "[FILTERED]", reference_number_2: "x" }
    const body = {
      ...BILL,
      metadata: { order_id: "[FILTERED]" },
      source: { type: "bill_payment_tesco_lotus", references },
    }
    expect(eventsOf(body)[0]).not.toHaveProperty("orderReference")
    expect(eventsOf(body)[1]).toMatchObject({
      instructions: {
        taxId: "0105556091152",
        referenceNumber2: "x",
        barcodeMinimumHeight: "10 mm",
        counterFee: "THB 10",
      },
    })
    expect(JSON.stringify(eventsOf(body))).not.toMatch(/FILTERED|barcodeText/)
  })

  it("keeps a type that has no row, and reads its instructions all the same", () => {
    const body = {
      ...BILL,
      source: { type: "bill_payment_papaya", flow: "offline", references: { payment_code: "12" } },
    }
    expect(eventsOf(body)).toMatchObject([
      { method: { _tag: "Other", word: "bill_payment_papaya" } },
      { instructions: { paymentNumber: "12" } },
    ])
  })

  it("reads the QR image, and a card's brand where it is told", () => {
    const image = { object: "document", download_uri: "https://api.omise.co/qr.png" }
    const body = {
      ...BILL,
      source: { type: "paynow", flow: "offline", scannable_code: { object: "barcode", type: "qr", image } },
    }
    expect(eventOf("PaymentAwaiting", body)).toMatchObject({
      instructions: { qrImageUrl: "https://api.omise.co/qr.png" },
    })
    expect(eventOf("PaymentCreated", CARD)).toMatchObject({ method: { _tag: "Card", brand: "visa" } })
    expect(eventOf("PaymentCreated", { ...CARD, card: { object: "card", deleted: true } })).toMatchObject({
      method: { _tag: "Card" },
    })
  })

  it("reads the method of the oldest shapes by their words", () => {
    expect(
      eventOf("PaymentCreated", { ...CARD, card: null, source_of_fund: "offsite", offsite: "alipay" }),
    ).toMatchObject({
      method: { _tag: "Wallet", wallet: "alipay" },
    })
  })

  it("finds flags that must agree and do not, for econtext alone", () => {
    const disagree = { status: "pending", authorized: true, paid: false }
    expect(eventOf("PaymentCreated", { ...ECONTEXT, ...disagree })).toMatchObject({
      disagreements: ["authorized is true and paid is false; for econtext the two never differ"],
    })
    expect(eventOf("PaymentCreated", { ...INSTALLMENT, ...disagree })).not.toHaveProperty("disagreements")
  })
})
