/** A leaf value of a report. */
export type Scalar = string | number | boolean

/**
 * What is reported for one field. A newer adapter version replaces an older one's reading; within a version, a later dated report replaces an
 * earlier or undated one; what remains are values that contradict each other, the smallest first, at most eight.
 */
export interface Fact {
  readonly adapterVersion: number
  /** The provider's own time of the report, where this field is dated; otherwise empty, which is before every instant. */
  readonly reportedAt: string
  readonly values: ReadonlyArray<Scalar>
}

/** Fields by name, leaves of compound values by `<field>.<leaf>`, in order of name. */
export type Facts = Readonly<Record<string, Fact>>

/** The eight smallest of a union of sets is a semilattice, and bounded: a hostile stream of contradictions cannot grow a state. */
export const MAXIMUM_CONTRADICTING_VALUES = 8

/** Joins two reports of one field; gives back `a` itself where `b` adds nothing. */
export function joinFact(a: Fact, b: Fact): Fact {
  const newer = a.adapterVersion - b.adapterVersion || compareText(a.reportedAt, b.reportedAt)
  if (newer > 0) return a
  if (newer < 0) return b
  // What nearly every report does: it repeats the one value there is.
  if (a.values.length === 1 && b.values.length === 1 && a.values[0] === b.values[0]) return a
  // Never fewer than `a` has.
  const values = smallest([...a.values, ...b.values], MAXIMUM_CONTRADICTING_VALUES)
  return values.every((value, index) => value === a.values[index]) ? a : { ...a, values }
}

/** Distinct values, smallest first, at most `count`: the order is that of their JSON text, which needs no locale. */
export function smallest<Value extends Scalar>(values: ReadonlyArray<Value>, count: number): ReadonlyArray<Value> {
  if (values.length < 2) return values
  return [...new Set(values)].sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))).slice(0, count)
}

/** Order by UTF-16 code unit, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
