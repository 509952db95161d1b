import { known, type OrderReference, type ReportedAt, type TranslateSettings } from "@payfold/domain"
import { HIDDEN } from "../wire/tolerant.ts"

/** The merchant's own reference from a charge's metadata, under the first of the merchant's keys that is there. */
export function orderReference(
  metadata: unknown,
  { referenceKeys }: TranslateSettings,
  reportedAt: ReportedAt,
): OrderReference | undefined {
  if (typeof metadata !== "object" || metadata === null) return undefined
  const entries = new Map<string, unknown>(Object.entries(metadata))
  const value = referenceKeys.map(key => toText(entries.get(key))).find(text => text !== undefined)
  return value === undefined ? undefined : { value, ...known({ reportedAt }) }
}

/** Shops send numbers as they are; a number that JSON cannot hold exactly is no reference. */
function toText(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined
  return typeof value === "string" && value !== "" && value !== HIDDEN ? value : undefined
}
