import fc from "fast-check"
import type { Story } from "./Story.ts"

/** What a damaged place may hold instead: the edges of every JSON kind, and keys that fool careless code. */
const ODD_VALUES: ReadonlyArray<unknown> = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  Number.POSITIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  "",
  "\u0000",
  "\ud800",
  "__proto__",
  "9".repeat(400),
  [],
  [null],
  {},
  JSON.parse('{"__proto__":{"status":"successful"},"constructor":1,"toString":null}'),
]

/** Texts that no store accepts as they are. */
const UNSTORABLE_TEXTS: ReadonlyArray<unknown> = ["\u0000", "a\u0000b", "\ud800", "x\udc00", "\udc00\ud800"]

/** Bodies of a provider with up to three places removed or replaced, the structure around them kept. */
export function damagedBodies(stories: fc.Arbitrary<Story>): fc.Arbitrary<unknown> {
  return damaged(stories, fc.oneof(fc.constantFrom(...ODD_VALUES), fc.jsonValue()))
}

/** Bodies of a provider in which up to three places hold a text with a NUL or half a character. */
export function bodiesWithUnstorableTexts(stories: fc.Arbitrary<Story>): fc.Arbitrary<unknown> {
  return damaged(stories, fc.constantFrom(...UNSTORABLE_TEXTS))
}

function damaged(stories: fc.Arbitrary<Story>, values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const damages = fc.array(fc.tuple(fc.nat(), values), { minLength: 1, maxLength: 3 })
  return fc.tuple(stories, fc.nat(), damages).map(([{ snapshots }, choice, places]) => {
    const body: unknown = structuredClone(snapshots[choice % snapshots.length]?.body)
    return places.reduce((damagedSoFar, [place, value]) => replaceAt(damagedSoFar, place, value), body)
  })
}

/** Replaces one place of a value, counted in the order in which they are written; `undefined` removes a key. */
function replaceAt(body: unknown, place: number, value: unknown): unknown {
  const places = placesOf(body)
  const chosen = places[place % Math.max(1, places.length)]
  if (chosen === undefined) return value
  if (value === undefined) delete chosen.inside[chosen.key]
  // A copy: the same object at two places, one inside the other, would be a circle.
  else chosen.inside[chosen.key] = structuredClone(value)
  return body
}

interface Place {
  readonly inside: Record<string, unknown>
  readonly key: string
}

function placesOf(value: unknown): ReadonlyArray<Place> {
  if (typeof value !== "object" || value === null) return []
  // Lists are written to by index like objects by key; both are plain here.
  const inside = value as Record<string, unknown>
  return Object.keys(inside).flatMap(key => [{ inside, key }, ...placesOf(inside[key])])
}
