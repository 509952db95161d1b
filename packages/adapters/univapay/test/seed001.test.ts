import { readBody } from "@payfold/domain"
import { Result } from "effect"
import { describe, expect, test } from "vitest"
import { fixture, fixtureBytes } from "./fixture.ts"
import { implied, reasonFor } from "./implied.ts"

describe("the blocks of the konbini guide, in order", () => {
  test("ignores the request for a token, which reports nothing", () => {
    expect(reasonFor(fixture("seed-001-1-token-request"))).toMatch(/^Ignored: it has no id: a request/)
  })

  test("ignores the request for a charge, which reports nothing", () => {
    expect(reasonFor(fixture("seed-001-2-charge-request"))).toMatch(/^Ignored: it has no id: a request/)
  })

  test("reads the awaiting charge: requested, waiting at an unknown counter, and not paid although an amount is filled in", () => {
    expect(implied(fixture("seed-001-3-awaiting"))).toEqual([
      {
        _tag: "PaymentCreated",
        provider: "univapay",
        chargeId: "11ed07f5-345d-4308-a4c9-9f6b3663e18f",
        mode: "live",
        requested: { amount: 100, currency: "JPY" },
        method: { _tag: "CounterCash" },
        createdAt: "2022-07-20T06:28:44.521Z",
      },
      {
        _tag: "PaymentAwaiting",
        instructions: { paymentNumber: "20020-123456789012", slipUrl: "https:/example.com" },
      },
    ])
  })

  test("cannot read the successful charge as printed: it is JavaScript", () => {
    const read = readBody(fixtureBytes("seed-001-4-successful.js.txt"))
    expect(Result.isFailure(read) && read.failure.reason).toMatch(/^the body is not JSON/)
  })

  test("reads the successful charge once its keys are quoted and its comments gone", () => {
    const printed = new TextDecoder().decode(fixtureBytes("seed-001-4-successful.js.txt"))
    const json = printed.replaceAll(/\/\/.*$/gm, "").replaceAll(/^ {2}(\w+):/gm, '  "$1":')
    expect(implied(JSON.parse(json))).toEqual([
      {
        _tag: "PaymentCreated",
        provider: "univapay",
        chargeId: "11ed00f1-f0c4-1ca2-b754-db0d9311d5a0",
        mode: "live",
        requested: { amount: 100, currency: "JPY" },
        orderReference: { value: "123456" },
        createdAt: "2022-07-11T08:17:44.481Z",
      },
      { _tag: "PaymentPaid", received: { amount: 100, currency: "JPY" } },
    ])
  })
})
