import { DEFAULT_TRANSLATE_SETTINGS, type PaymentEvent } from "@payfold/domain"
import { damagedBodies, runsFromEnvironment } from "@payfold/domain/testing"
import { univapay } from "@payfold/univapay"
import { univapayDeliveries } from "@payfold/univapay/testing"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fixture } from "./fixture.ts"

const { seed } = runsFromEnvironment()
const EVERYDAY_RUNS = 2_000
const numRuns = process.env["PAYFOLD_RUNS"] === undefined ? EVERYDAY_RUNS : runsFromEnvironment().runs

const FIXTURES = [
  "seed-001-3-awaiting",
  "konbini-token",
  "refund",
  "cancel",
  "webhook-bank-transfer-status",
  "webhook-customs-declaration",
  "subscription",
  "card-charge-three-ds",
]

/** Recorded shapes and told stories, each with up to three places lost or replaced. */
const mutated: fc.Arbitrary<unknown> = fc.oneof(
  damagedBodies(univapayDeliveries.stories),
  damagedBodies(
    univapayDeliveries.stories.chain(story =>
      fc.constantFrom(...FIXTURES).map(name => ({
        ...story,
        snapshots: [{ ...story.snapshots[0], body: structuredClone(fixture(name)) }] as const,
      })),
    ),
  ),
)

function amountsOf(event: PaymentEvent): ReadonlyArray<number> {
  switch (event._tag) {
    case "PaymentCreated":
      return event.requested === undefined ? [] : [event.requested.amount]
    case "PaymentPaid":
      return [event.received?.amount, event.fees?.fee].filter(amount => amount !== undefined)
    case "PaymentRefunded":
      return [event.refund.amount]
    default:
      return []
  }
}

/** Every number of a body, and every text that is a numeral from end to end. */
function numbersIn(body: unknown): ReadonlySet<number> {
  const numbers = new Set<number>()
  JSON.stringify(body, (_, value: unknown) => {
    if (typeof value === "number") numbers.add(value)
    if (typeof value === "string" && /^\d+$/.test(value)) numbers.add(Number(value))
    return value
  })
  return numbers
}

describe("mutated bodies", () => {
  test(`never throw and never yield an amount that is not in the body (${numRuns} runs, seed ${seed})`, () => {
    fc.assert(
      fc.property(mutated, body => {
        const parts = univapay.translate(body, DEFAULT_TRANSLATE_SETTINGS)
        const numbers = numbersIn(body)
        for (const part of parts)
          for (const amount of part._tag === "Implied" ? part.events.flatMap(amountsOf) : [])
            expect(numbers.has(amount), `${amount} is not in the body`).toBe(true)
      }),
      { numRuns, seed },
    )
  }, 600_000)

  test.each([
    ["lists a hundred thousand deep", "[".repeat(100_000) + "]".repeat(100_000)],
    ["objects a hundred thousand deep", `${'{"data":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["a webhook in a webhook, deep", `${'{"event":"charge_updated","data":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["a list of a hundred thousand", `{"items":[${"1,".repeat(99_999)}1]}`],
    [
      "a huge integer",
      `{"id":"a","requested_amount":1${"0".repeat(400)},"requested_currency":"JPY","status":"failed"}`,
    ],
    [
      "keys of the prototype",
      '{"__proto__":{"id":"a","requested_amount":1},"constructor":{"prototype":1},"toString":1}',
    ],
    ["a set whose parts are deep", `{"charge":${"[".repeat(100_000)}${"]".repeat(100_000)},"token":{},"expiry":{}}`],
  ])("%s", (_, text) => {
    const parts = univapay.translate(JSON.parse(text), DEFAULT_TRANSLATE_SETTINGS)
    expect(parts.every(part => part._tag !== "Implied")).toBe(true)
  })

  test("metadata a hundred thousand deep hides nothing else", () => {
    const deep: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000))
    const [part] = univapay.translate(
      { ...fixture("seed-001-3-awaiting"), metadata: { order_id: deep } },
      DEFAULT_TRANSLATE_SETTINGS,
    )
    expect(part._tag).toBe("Implied")
  })
})
