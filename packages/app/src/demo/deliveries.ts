import { omiseEvent, omiseKonbini, omiseThai, univapayKonbini, univapayToken } from "./bodies.ts"

/** A body as it comes in, and what is remarkable about it. */
export interface DemoDelivery {
  readonly provider: "omise" | "univapay"
  readonly says: string
  readonly body: string
}

/** Ten payments, delivered as life does: twice, out of order, late, and once not at all readable. */
export const DEMO_DELIVERIES: ReadonlyArray<DemoDelivery> = [
  ...konbiniPaidTwiceTold(),
  ...konbiniOvertaken(),
  ...konbiniLate(),
  ...thaiCharges(),
  ...univapayCharges(),
  { provider: "omise", says: "not JSON at all", body: '{"object":"charge","id":"chrg_5demo' },
  omise("an object of no payment", { object: "loyalty_card", id: "lylt_5demo" }),
]

function konbiniPaidTwiceTold(): ReadonlyArray<DemoDelivery> {
  const id = "chrg_5demo00000000000001"
  const paid = omiseEvent(
    "charge.complete",
    "2026-06-02T10:05:00Z",
    omiseKonbini(id, 1500, "A-1001", {
      status: "successful",
      authorized: true,
      paid: true,
      transaction: "trxn_5demo1",
    }),
  )
  return [
    omise("a konbini payment begins", omiseKonbini(id, 1500, "A-1001")),
    omise("it is paid", paid),
    omise("the same webhook again", paid),
  ]
}

function konbiniOvertaken(): ReadonlyArray<DemoDelivery> {
  const id = "chrg_5demo00000000000002"
  const changes = { status: "successful", authorized: true, paid: true }
  return [
    omise(
      "charge.complete overtakes…",
      omiseEvent("charge.complete", "2026-06-02T11:00:00Z", omiseKonbini(id, 4800, "A-1002", changes)),
    ),
    omise("…charge.create", omiseEvent("charge.create", "2026-06-01T02:53:40Z", omiseKonbini(id, 4800, "A-1002"))),
  ]
}

function konbiniLate(): ReadonlyArray<DemoDelivery> {
  const late = "chrg_5demo00000000000003"
  const expired = { status: "failed", failure_code: "timeout", failure_message: "Payee did not take action" }
  const paid = { status: "successful", authorized: true, paid: true }
  return [
    omise(
      "a konbini payment expires",
      omiseEvent("charge.complete", "2026-07-01T09:10:00Z", omiseKonbini(late, 2980, "A-1003", expired)),
    ),
    omise(
      "…and its cash arrives after all",
      omiseEvent("charge.complete", "2026-07-01T10:00:00Z", omiseKonbini(late, 2980, "A-1003", paid)),
    ),
    omise("a konbini payment waits", omiseKonbini("chrg_5demo00000000000004", 12_000, "A-1004")),
  ]
}

function thaiCharges(): ReadonlyArray<DemoDelivery> {
  const bill = {
    type: "bill_payment_tesco_lotus",
    flow: "offline",
    references: {
      expires_at: "2026-06-03T04:00:51Z",
      omise_tax_id: "0105556091152",
      reference_number_1: "558283272946202731",
      reference_number_2: "070743604641498599",
      barcode: "https://api.omise.co/charges/chrg_5demo00000000000005/documents/docu_5demo/downloads/B6FEEC2E7EA8291F",
    },
  }
  const kbank = { type: "installment_kbank", flow: "redirect", installment_term: 4 }
  const page = { authorize_uri: "https://pay.omise.co/offsites/ofsp_5demo/pay", zero_interest_installments: true }
  const paid = { ...page, status: "successful", authorized: true, paid: true, paid_at: "2026-06-02T04:20:00Z" }
  const refund = {
    object: "refund",
    id: "rfnd_5demo1",
    amount: 500_000,
    currency: "THB",
    created_at: "2026-06-05T03:00:00Z",
  }
  const cancelled = {
    ...page,
    status: "failed",
    failure_code: "payment_cancelled",
    failure_message: "Payment cancelled",
  }
  const instalment = (order: string, id: string, changes: object) =>
    omiseThai(id, 500_000, order, kbank, { ...changes })
  return [
    omise("a bill to pay at a counter", omiseThai("chrg_5demo00000000000005", 400_000, "B-2001", bill)),
    omise("an instalment plan is paid", instalment("B-2002", "chrg_5demo00000000000006", paid)),
    omise(
      "…and refunded whole",
      instalment("B-2002", "chrg_5demo00000000000006", {
        ...paid,
        refunded_amount: 500_000,
        refunds: { object: "list", data: [{ ...refund, charge: "chrg_5demo00000000000006" }] },
      }),
    ),
    omise("a payer turns back at the bank", instalment("B-2003", "chrg_5demo00000000000007", cancelled)),
  ]
}

function univapayCharges(): ReadonlyArray<DemoDelivery> {
  const [paid, expired, token] = [8, 9, 10].map(
    number => `11ed07f5-0000-4000-8000-0000000000${String(number).padStart(2, "0")}`,
  )
  const number = { internal_convenience_payment_number: "20020-123456789012" }
  const envelope = {
    id: "6f1c0000-0000-4000-8000-000000000001",
    event: "charge_finished",
    created_on: "2026-06-04T01:00:00Z",
  }
  return [
    univapay("a charge awaits cash", univapayKonbini(paid ?? "", 100, "awaiting", number)),
    univapay("it is paid (old envelope)", {
      event: "charge_finished",
      data: univapayKonbini(paid ?? "", 100, "successful", { orderid: 3001 }),
    }),
    univapay("a charge awaits cash…", univapayKonbini(expired ?? "", 3300, "awaiting", number)),
    univapay("…and fails without a cause: the deadline passed", {
      ...envelope,
      data: univapayKonbini(expired ?? "", 3300, "failed", number),
    }),
    univapay("a charge, fetched with its token", {
      charge: univapayKonbini(token ?? "", 5400, "awaiting", { ...number, orderid: "3003" }),
      token: univapayToken("family_mart"),
    }),
  ]
}

function omise(says: string, body: object): DemoDelivery {
  return { provider: "omise", says, body: JSON.stringify(body) }
}

function univapay(says: string, body: object): DemoDelivery {
  return { provider: "univapay", says, body: JSON.stringify(body) }
}
