/**
 * A value of somebody's metadata as text. Metadata is loose: what was sent as a number comes back as text and the other way round, and keys
 * vanish. A number that JSON cannot carry exactly (2^53 and beyond) is unknown, for it was already rounded when it got here.
 */
export function metadataText(metadata: unknown, key: string): string | undefined {
  if (typeof metadata !== "object" || metadata === null || !Object.hasOwn(metadata, key)) return undefined
  // An own property of parsed JSON; what it is, the next lines ask.
  const value = (metadata as Record<string, unknown>)[key]
  if (typeof value === "string") return value === "" ? undefined : value
  if (typeof value !== "number") return undefined
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : undefined
}
