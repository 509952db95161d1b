import fc from "fast-check"

const STATUSES = ["pending", "successful", "failed", "expired", "reversed", "tomorrow"]
const KINDS = ["charge", "refund", "dispute", "event", "list", "search", "source", "error", "transfer"]

/** What a place of a body may turn into: words that mean something elsewhere, edges of numbers, wrong types. */
const replacements: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, false, "", [], {}, ...STATUSES, ...KINDS, "timeout", "jpy", "150"),
  fc.constantFrom<unknown>(0, -0, -1, 1.5, 2 ** 53, 2 ** 53 - 1, 1e308, "\u0000", "\ud800", "2025-02-30T00:00:00Z"),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
)

type Inside = Record<string, unknown>

/**
 * Recorded bodies with the attributes of later and earlier shapes added, up to eight places replaced, removed or exchanged, and then perhaps put
 * into an event or a list.
 */
export function mutatedBodies(bodies: ReadonlyArray<unknown>): fc.Arbitrary<unknown> {
  const mutations = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), replacements), { maxLength: 8 })
  return fc
    .record({ body: fc.constantFrom(...bodies), added, mutations, envelope: fc.constantFrom("none", "event", "list") })
    .map(({ body, added, mutations, envelope }) => {
      const copy: unknown = structuredClone({ ...Object(body), ...added })
      for (const [place, other, isExchange, value] of mutations) mutate(copy, place, other, isExchange, value)
      if (envelope === "event")
        return { object: "event", key: "charge.complete", created_at: "2025-01-01T00:00:00Z", data: copy }
      return envelope === "list" ? { object: "list", data: [copy, copy] } : copy
    })
}

const refund = { object: "refund", id: "rfnd_test_9", amount: 77, currency: "thb", charge: "chrg_test_9" }
const dispute = {
  object: "dispute",
  id: "dspt_test_9",
  amount: 78,
  currency: "THB",
  status: "lost",
  charge: "chrg_test_9",
}

/** So that most bodies reach the deeper branches before they are damaged. */
const added = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      status: fc.constantFrom(...STATUSES),
      failure_code: fc.constantFrom(null, "timeout", "payment_cancelled"),
      captured_amount: fc.constantFrom<unknown>(0, 55, "66"),
      refunded_amount: fc.constantFrom<unknown>(0, 44, "33"),
      refunds: fc.constant({ object: "list", data: [refund] }),
      dispute: fc.constantFrom<unknown>(null, "dspt_test_9", dispute),
      voided: fc.boolean(),
      charge: fc.constant("chrg_test_9"),
    },
    { requiredKeys: [] },
  ),
)

function mutate(body: unknown, place: number, other: number, isExchange: boolean, value: unknown): void {
  const places = placesOf(body)
  const one = places[place % Math.max(1, places.length)]
  const two = places[other % Math.max(1, places.length)]
  if (one === undefined || two === undefined) return
  const [first, second] = [one.inside[one.key], two.inside[two.key]]
  // Only leaves change places: an object moved into itself would be no JSON.
  if (isExchange && !isObject(first) && !isObject(second)) {
    one.inside[one.key] = second
    two.inside[two.key] = first
  } else if (value === undefined) delete one.inside[one.key]
  else one.inside[one.key] = structuredClone(value)
}

function placesOf(value: unknown): ReadonlyArray<{ readonly inside: Inside; readonly key: string }> {
  if (!isObject(value)) return []
  return Object.keys(value).flatMap(key => [{ inside: value, key }, ...placesOf(value[key])])
}

function isObject(value: unknown): value is Inside {
  return typeof value === "object" && value !== null
}
