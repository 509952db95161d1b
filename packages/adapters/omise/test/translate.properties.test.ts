import { DEFAULT_TRANSLATE_SETTINGS, MAXIMUM_IMPLIED_EVENTS, type PaymentEvent } from "@payfold/domain"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { translate } from "../src/translate.ts"
import { FIXTURES, readFixture } from "./fixtures/readFixture.ts"
import { mutatedBodies } from "./mutatedBodies.ts"

/** Every day 2,000; `PAYFOLD_RUNS` multiplies from 200, so 10,000 gives 100,000. */
const runs = 10 * Number(process.env["PAYFOLD_RUNS"] ?? 200)
const seed = Number(process.env["PAYFOLD_SEED"] ?? Date.now() % 0x7fff_ffff)

/** A run is a fraction of a millisecond; a machine may be ten times slower. */
const LIMIT_MILLISECONDS = 10_000 + 5 * runs

describe("mutated bodies", () => {
  const bodies = mutatedBodies(FIXTURES.map(readFixture))

  it(
    `never throw and never yield an amount that is not in the body (${runs} runs, seed ${seed})`,
    () => {
      fc.assert(
        fc.property(bodies, body => {
          const numerals = numeralsIn(body)
          const parts = translate(body, DEFAULT_TRANSLATE_SETTINGS)
          const amounts = parts.flatMap(part => (part._tag === "Implied" ? part.events.flatMap(amountsOf) : []))
          return amounts.every(amount => numerals.has(amount))
        }),
        { numRuns: runs, seed },
      )
    },
    LIMIT_MILLISECONDS,
  )

  it("still imply something often enough to mean something", () => {
    const sample = fc.sample(bodies, { numRuns: 1_000, seed: 20_251_120 })
    const implied = sample.filter(body =>
      translate(body, DEFAULT_TRANSLATE_SETTINGS).some(part => part._tag === "Implied"),
    )
    expect(implied.length).toBeGreaterThan(250)
  })
})

describe("hostile bodies", () => {
  const deep = (depth: number) => JSON.parse(`${'{"data":'.repeat(depth)}1${"}".repeat(depth)}`)
  const charge = readFixture("seed-003-charge-bill-payment")

  it.each([
    ["a body", deep(100_000)],
    ["a list in lists", JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)],
    ["events in events", JSON.parse(`${'{"object":"event","data":'.repeat(50_000)}1${"}".repeat(50_000)}`)],
    ["a charge's metadata", { ...charge, metadata: deep(100_000) }],
    ["a charge's source", { ...charge, source: deep(100_000) }],
    ["a charge's references", { ...charge, source: { type: "econtext", references: deep(100_000) } }],
    ["a charge's refunds", { ...charge, refunds: { data: [deep(100_000)] } }],
    ["a charge's dispute", { ...charge, dispute: deep(100_000) }],
    ["a charge's amount", { ...charge, amount: deep(100_000) }],
    ["a refund's charge", { object: "refund", id: "rfnd_1", amount: 1, currency: "THB", charge: deep(100_000) }],
  ])("%s of depth 100,000 does not exhaust the stack", (_, body) => {
    expect(translate(body, DEFAULT_TRANSLATE_SETTINGS).length).toBeGreaterThan(0)
  })

  it("a charge with refunds up to the domain's bound is read whole, and one with a hundred thousand is unreadable", () => {
    const refund = (_: unknown, index: number) => ({
      object: "refund",
      id: `rfnd_${index}`,
      amount: 1,
      currency: "THB",
    })
    const partWith = (length: number) => {
      const refunds = { data: Array.from({ length }, refund) }
      return translate({ ...charge, status: "successful", refunds }, DEFAULT_TRANSLATE_SETTINGS)[0]
    }
    // Beside its refunds the charge was created, waited and was paid.
    const part = partWith(MAXIMUM_IMPLIED_EVENTS - 3)
    expect(part._tag === "Implied" ? part.events.length : 0).toBe(MAXIMUM_IMPLIED_EVENTS)
    expect(partWith(100_000)._tag).toBe("Unreadable")
  })

  it("keys named like a prototype's change nothing", () => {
    const evil = JSON.parse(`{"__proto__":{"status":"successful"},"constructor":{"prototype":1}}`)
    const body = { ...charge, metadata: evil, source: evil, refunds: evil }
    expect(translate(body, { referenceKeys: ["__proto__", "constructor"] })).toMatchObject([
      { events: [{ _tag: "PaymentCreated" }] },
    ])
  })
})

function amountsOf(event: PaymentEvent): ReadonlyArray<number> {
  switch (event._tag) {
    case "PaymentCreated":
      return event.requested === undefined ? [] : [event.requested.amount]
    case "PaymentPaid": {
      const { currency: _, ...fees } = event.fees ?? { currency: undefined }
      return [...(event.received === undefined ? [] : [event.received.amount]), ...Object.values(fees)]
    }
    case "PaymentRefunded":
      return [event.refund.amount]
    case "PaymentAwaiting":
    case "PaymentExpired":
    case "PaymentFailed":
    case "FactsWithdrawn":
      return []
  }
}

/** Every number of a body, and every text that is a numeral, wherever it stands. */
function numeralsIn(body: unknown): ReadonlySet<number> {
  const found = new Set<number>()
  const open: Array<unknown> = [body]
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value === "number") found.add(value === 0 ? 0 : value)
    else if (typeof value === "string" && /^\d+$/.test(value)) found.add(Number(value))
    else if (typeof value === "object" && value !== null) open.push(...Object.values(value))
  }
  return found
}
