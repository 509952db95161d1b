import type { Instant } from "../Instant.ts"
import { compareText, type Fact, joinFact, MAXIMUM_CONTRADICTING_VALUES, smallest } from "./Fact.ts"
import type { Amounts, PaymentState, Seen } from "./PaymentState.ts"

/**
 * What two states know together: idempotent, commutative and associative. Gives back `a` itself where `b` adds nothing, so *is it news?* is a
 * comparison of references.
 */
export function join(a: PaymentState, b: PaymentState): PaymentState {
  if (a === b) return a
  const refunds = joinRecord(a.refunds, b.refunds, Math.max)
  const joined: PaymentState = {
    seen: joinSeen(a.seen, b.seen),
    facts: joinRecord<Fact>(a.facts, b.facts, joinFact),
    instants: joinRecord(a.instants, b.instants, earlier),
    deadline: later(a.deadline, b.deadline),
    received: joinRecord(a.received, b.received, Math.max),
    refunds,
    chargebacks: joinRecord(a.chargebacks, b.chargebacks, Math.max),
    chargebackReversals: joinRecord(a.chargebackReversals, b.chargebackReversals, Math.max),
    refundedTotal: unexplained(a.refundedTotal, joinRecord(a.refundedTotal, b.refundedTotal, Math.max), refunds),
    disagreements: joinTexts(a.disagreements, b.disagreements),
  }
  return isSame(joined, a) ? a : joined
}

/** Sum of the amounts in one currency of a map by `<currency> <id>`; stops at 2^53−1, so that every order of adding gives one sum. */
export function sumOf(amounts: Amounts, currency: string): number {
  let sum = 0
  for (const key in amounts) if (key.startsWith(`${currency} `)) sum = plus(sum, amounts[key] ?? 0)
  return sum
}

/** Addition of minor units that stops at 2^53−1. */
export function plus(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER)
}

function isSame(a: PaymentState, b: PaymentState): boolean {
  return (
    a.seen === b.seen &&
    a.facts === b.facts &&
    a.instants === b.instants &&
    a.deadline === b.deadline &&
    a.received === b.received &&
    a.refunds === b.refunds &&
    a.chargebacks === b.chargebacks &&
    a.chargebackReversals === b.chargebackReversals &&
    a.refundedTotal === b.refundedTotal &&
    a.disagreements === b.disagreements
  )
}

function joinSeen(a: Seen, b: Seen): Seen {
  const joined: Seen = {
    created: a.created || b.created,
    awaiting: a.awaiting || b.awaiting,
    authorised: a.authorised || b.authorised,
    paid: a.paid || b.paid,
    expired: a.expired || b.expired,
    failed: a.failed || b.failed,
    mayBeExpired: a.mayBeExpired || b.mayBeExpired,
  }
  const adds =
    joined.created !== a.created ||
    joined.awaiting !== a.awaiting ||
    joined.authorised !== a.authorised ||
    joined.paid !== a.paid ||
    joined.expired !== a.expired ||
    joined.failed !== a.failed ||
    joined.mayBeExpired !== a.mayBeExpired
  return adds ? joined : a
}

/**
 * Joins key by key, keys in order; gives back `a` itself where nothing is added. Both have their keys in order already, so new ones are merged in one pass:
 * a payment may have hundreds of refunds. A key of both keeps its place as ours and then takes the joined value.
 */
function joinRecord<Value>(
  a: Readonly<Record<string, Value>>,
  b: Readonly<Record<string, Value>>,
  joinValue: (a: Value, b: Value) => Value,
): Readonly<Record<string, Value>> {
  // Nearly every record of nearly every report is empty: this halves the time of a fold (6 to 3 µs for three events, measured).
  if (isEmpty(b)) return a
  if (isEmpty(a)) return b
  const changed: Array<readonly [string, Value]> = []
  for (const key in b) {
    // An own key of the record that is looped over.
    const theirs = b[key] as Value
    const ours = Object.hasOwn(a, key) ? a[key] : undefined
    const value = ours === undefined ? theirs : joinValue(ours, theirs)
    if (value !== ours) changed.push([key, value])
  }
  if (changed.length === 0) return a
  const joined: Record<string, Value> = {}
  let next = 0
  for (const [key, ours] of Object.entries(a)) {
    for (let entry = changed[next]; entry !== undefined && compareText(entry[0], key) < 0; entry = changed[++next]) {
      joined[entry[0]] = entry[1]
    }
    joined[key] = ours
  }
  for (const [key, value] of changed.slice(next)) joined[key] = value
  return joined
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false
  return true
}

/** Totals that the refunds known by id do not explain: one that they reach says nothing more. */
function unexplained(before: Amounts, totals: Amounts, refunds: Amounts): Amounts {
  const all = Object.entries(totals)
  if (all.length === 0) return totals
  const kept = all.filter(([currency, total]) => total > sumOf(refunds, currency))
  return kept.length === Object.keys(before).length && kept.every(([key, total]) => before[key] === total)
    ? before
    : Object.fromEntries(kept)
}

function joinTexts(a: ReadonlyArray<string>, b: ReadonlyArray<string>): ReadonlyArray<string> {
  if (b.length === 0) return a
  // Never fewer than `a` has.
  const joined = smallest([...a, ...b], MAXIMUM_CONTRADICTING_VALUES)
  return joined.every((text, index) => text === a[index]) ? a : joined
}

function earlier(a: Instant, b: Instant): Instant {
  return b < a ? b : a
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b > a ? b : a
}
