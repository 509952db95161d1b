/** Ids begin with the kind of their object. Source: seeds 000 to 004 and recorded objects (read 2026-11-20). */
const KINDS_BY_PREFIX = [
  ["chrg_", "charge"],
  ["rfnd_", "refund"],
  ["dspt_", "dispute"],
  ["evnt_", "event"],
  ["src_", "source"],
] as const

/** The kind that an object names; where it names none, its id tells it. */
export function kind(value: unknown): string | undefined {
  const object = field(value, "object")
  if (object !== undefined) return typeof object === "string" && object !== "" ? object : undefined
  const id = field(value, "id")
  return typeof id === "string" ? KINDS_BY_PREFIX.find(([prefix]) => id.startsWith(prefix))?.[1] : undefined
}

/** What a refund or a dispute says in `charge`: the charge's id, also where the request expanded the charge. */
export function chargeNamedBy(part: unknown): unknown {
  const charge = field(part, "charge")
  return kind(charge) === "charge" ? field(charge, "id") : charge
}

export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined
  // Any own property of parsed JSON may be looked at; what it is, the reader of it checks.
  return (value as Record<string, unknown>)[name]
}
