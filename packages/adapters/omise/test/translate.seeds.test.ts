import { describe, expect, it } from "vitest"
import { readFixture } from "./fixtures/readFixture.ts"
import { eventsOf, partOf } from "./translated.ts"

describe("seed 000: econtext", () => {
  it("reads the pending charge as created and awaiting, with the code, the instruction page and the payer's deadline", () => {
    expect(partOf(readFixture("seed-000-charge-econtext"))).toMatchObject({
      _tag: "Implied",
      payment: "omise:chrg_5babhz7ufmaxu5wi03y",
    })
    expect(eventsOf(readFixture("seed-000-charge-econtext"))).toEqual([
      {
        _tag: "PaymentCreated",
        provider: "omise",
        chargeId: "chrg_5babhz7ufmaxu5wi03y",
        mode: "live",
        requested: { amount: 150, currency: "JPY" },
        method: { _tag: "CounterCash" },
        createdAt: "2018-03-16T02:53:39.000Z",
      },
      {
        _tag: "PaymentAwaiting",
        instructions: {
          paymentNumber: "553384",
          pageUrl: "https://pay.omise.co/offlines/econtext/instructions/oflp_om1s3yqgwaldlnhy6y3",
        },
        deadline: "2018-04-15T09:00:00.000Z",
      },
    ])
  })

  it("ignores the source", () => {
    expect(partOf(readFixture("seed-000-source-econtext"))).toEqual({
      _tag: "Ignored",
      reason: "a source of type “econtext” is a way to pay that names no charge",
    })
  })
})

describe("seed 002: Source API", () => {
  it("ignores the source", () => {
    expect(partOf(readFixture("seed-002-source-barcode-alipay"))).toEqual({
      _tag: "Ignored",
      reason: "a source of type “barcode_alipay” is a way to pay that names no charge",
    })
  })
})

describe("seed 003: bill payment", () => {
  it("reads the pending charge with all that is printed for the counter", () => {
    expect(eventsOf(readFixture("seed-003-charge-bill-payment"))).toEqual([
      {
        _tag: "PaymentCreated",
        provider: "omise",
        chargeId: "chrg_test_5irtsq4izikc6e6twx2",
        mode: "test",
        requested: { amount: 400_000, currency: "THB" },
        method: { _tag: "BillPayment", biller: "tesco-lotus" },
        createdAt: "2020-02-03T04:00:51.000Z",
      },
      {
        _tag: "PaymentAwaiting",
        instructions: {
          barcodeUrl:
            "https://api.omise.co/charges/chrg_test_5irtsq4izikc6e6twx2/documents/docu_test_5irtsq5otlbzjqzrd3k/downloads/B6FEEC2E7EA8291F",
          barcodeText: "|010555609115200 558283272946202731 070743604641498599 400000",
          taxId: "0105556091152",
          referenceNumber1: "558283272946202731",
          referenceNumber2: "070743604641498599",
          barcodeMinimumHeight: "10 mm",
          counterFee: "THB 10",
        },
        deadline: "2020-02-04T04:00:51.000Z",
      },
    ])
  })

  it("ignores the source, and the fragment of references", () => {
    expect(partOf(readFixture("seed-003-source-bill-payment"))._tag).toBe("Ignored")
    expect(partOf(readFixture("seed-003-references"))).toEqual({
      _tag: "Ignored",
      reason: "it names neither a kind nor an id: a request body or a fragment, not a report of a payment",
    })
  })
})

describe("seed 004: installments", () => {
  it("reads the pending charge with the bank's page, though its source says neither term nor interest", () => {
    expect(eventsOf(readFixture("seed-004-charge-installment"))).toEqual([
      {
        _tag: "PaymentCreated",
        provider: "omise",
        chargeId: "chrg_test_5g2hvak2zoseiam51ps",
        mode: "test",
        requested: { amount: 500_000, currency: "THB" },
        method: { _tag: "Installment", bank: "kbank" },
        createdAt: "2019-05-30T07:43:46.000Z",
      },
      {
        _tag: "PaymentAwaiting",
        instructions: { redirectUrl: "https://pay.omise.co/offsites/ofsp_test_5g2hvak9ayf70bg0gm6/pay" },
        deadline: "2019-06-06T07:43:46.000Z",
      },
    ])
  })

  it("ignores the source", () => {
    expect(partOf(readFixture("seed-004-source-installment"))._tag).toBe("Ignored")
  })
})

describe("requests of the seeds", () => {
  it.each([
    [
      "source econtext",
      { amount: 150, currency: "jpy", type: "econtext", name: "テストタロウ", email: "taro@example.com" },
    ],
    ["charge by source", { amount: 400_000, currency: "THB", source: "src_test_5irtspz7cyzyw98ftf6" }],
    ["charge with its source inline", { amount: 500_000, currency: "THB", source: { type: "installment_kbank" } }],
    ["nothing at all", {}],
  ])("ignores the request body of a %s", (_, body) => {
    expect(partOf(body)).toMatchObject({ _tag: "Ignored", reason: expect.stringContaining("request body") })
  })
})
