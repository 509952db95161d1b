import { Result } from "effect"
import { describe, expect, test } from "vitest"
import { STORES } from "../src/methods.ts"
import {
  type CancelInput,
  type ChargeInput,
  cancelOf,
  chargeOfToken,
  type KonbiniTokenInput,
  konbiniToken,
  type RefundInput,
  reachableFrom,
  refundOf,
} from "../src/requests.ts"
import { CHARGE_STATUSES } from "../src/wire/Charge.ts"
import { fixture } from "./fixture.ts"

const token: KonbiniTokenInput = {
  convenienceStore: "family_mart",
  customerName: "見本 花子",
  phoneNumber: "0300000000",
}

function refusal(result: Result.Result<unknown, { readonly message: string }>): string {
  return Result.match(result, { onSuccess: () => "taken", onFailure: error => error.message })
}

describe("the konbini token", () => {
  test("is the guide's own request", () => {
    const made = konbiniToken({ ...token, email: "hanako@example.com", metadata: { memberid: "12345" } })
    expect(Result.getOrThrow(made)).toEqual(fixture("seed-001-1-token-request"))
  })

  test("carries the expiration asked for", () => {
    const made = konbiniToken({ ...token, expiration: { days: 7, timeShift: "23:59:59+09:00" } })
    expect(Result.getOrThrow(made)).toMatchObject({
      data: { expiration_period: "P7D", expiration_time_shift: "23:59:59+09:00" },
    })
  })

  test.each(STORES.filter(row => row.withdrawn === undefined).map(row => row.word))(
    "is made for %s",
    convenienceStore => {
      expect(refusal(konbiniToken({ ...token, convenienceStore }))).toBe("taken")
    },
  )

  test.each<[string, Partial<KonbiniTokenInput>]>([
    ["data.convenience_store", { convenienceStore: "circle_k" }],
    ["data.convenience_store", { convenienceStore: "FamilyMart" }],
    ["data.customer_name", { customerName: " " }],
    ["data.phone_number", { phoneNumber: "+81300000000" }],
    ["data.phone_number", { phoneNumber: "03-0000-0000" }],
    ["data.phone_number", { phoneNumber: "12345678" }],
    ["email", { email: "" }],
    ["data.expiration_period", { expiration: { days: 6, timeShift: "23:59:59+09:00" } }],
    ["data.expiration_period", { expiration: { days: 31, timeShift: "23:59:59+09:00" } }],
    ["data.expiration_period", { expiration: { days: 7.5, timeShift: "23:59:59+09:00" } }],
    ["data.expiration_time_shift", { expiration: { days: 30, timeShift: "23:59:59" } }],
    ["data.expiration_time_shift", { expiration: { days: 7, timeShift: "24:00:00+09:00" } }],
    ["metadata.order", { metadata: { order: { id: 1 } } }],
    ["metadata.list", { metadata: { list: [["1"]] } }],
    ["metadata.amount", { metadata: { amount: Number.NaN } }],
    ["metadata.nothing", { metadata: { nothing: undefined } }],
  ])("refuses %s of %j", (field, wrong) => {
    expect(refusal(konbiniToken({ ...token, ...wrong }))).toMatch(new RegExp(`^${field}: .+ \\(.+20\\d\\d.*\\)$`))
  })
})

describe("the charge", () => {
  const input: ChargeInput = { tokenId: "11ed00f1-da1b-c4d2-b420-37b91ef1b282", amount: 100, currency: "jpy" }

  test("names token, amount and currency, and flat metadata as it is", () => {
    const metadata = { orderid: "12345", list: ["1", 2, null], float: 10.3, flag: true }
    expect(Result.getOrThrow(chargeOfToken({ ...input, metadata }))).toEqual({
      transaction_token_id: input.tokenId,
      amount: 100,
      currency: "JPY",
      metadata,
    })
  })

  test.each<[string, Partial<ChargeInput>]>([
    ["transaction_token_id", { tokenId: "../charges" }],
    ["amount", { amount: 0 }],
    ["amount", { amount: -1 }],
    ["amount", { amount: 0.5 }],
    ["amount", { amount: 2 ** 53 }],
    ["currency", { currency: "yen!" }],
    ["metadata.a", { metadata: { a: {} } }],
  ])("refuses %s of %j", (field, wrong) => {
    expect(refusal(chargeOfToken({ ...input, ...wrong }))).toMatch(new RegExp(`^${field}: `))
  })

  test("takes the largest amount there is", () => {
    expect(refusal(chargeOfToken({ ...input, amount: 2 ** 53 - 1 }))).toBe("taken")
  })
})

describe("giving back and calling off", () => {
  const input: RefundInput = { method: { _tag: "Card" }, amount: 100, currency: "JPY", reason: "customer_request" }

  test("a card's money goes back in part or whole", () => {
    expect(Result.getOrThrow(refundOf(input))).toEqual({ amount: 100, currency: "JPY", reason: "customer_request" })
  })

  test.each(["Konbini", "PayEasy", "CounterCash", "BankTransfer"] as const)("refuses to refund %s", _tag => {
    expect(refusal(refundOf({ ...input, method: { _tag } }))).toMatch(/^method: konbini, Pay-easy and bank transfers/)
  })

  test.each(CHARGE_STATUSES)("a charge that is %s is called off while the provider's table allows it", status => {
    const wanted: Record<CancelInput["status"], string> = {
      pending: "taken",
      awaiting: "taken",
      authorized: "taken",
      successful: "refused",
      failed: "refused",
      error: "refused",
      canceled: "refused",
    }
    expect(refusal(cancelOf({ status })) === "taken" ? "taken" : "refused").toBe(wanted[status])
  })

  test("the provider's table of transitions", () => {
    expect(reachableFrom("pending")).toEqual(["awaiting", "authorized", "successful", "failed", "error", "canceled"])
    expect(reachableFrom("awaiting")).toEqual(["authorized", "successful", "failed", "error", "canceled"])
    expect(reachableFrom("authorized")).toEqual(["successful", "failed", "error", "canceled"])
    expect(reachableFrom("failed")).toEqual([])
  })
})
