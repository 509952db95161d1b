import { known, type OrderReference, type ReportedAt, type TranslateSettings } from "@payfold/domain"
import { metadataText } from "../wire/metadata.ts"

/** The merchant's own reference from a charge's metadata, under the first of the merchant's keys that is there; dated by the envelope. */
export function orderReference(
  metadata: unknown,
  { referenceKeys }: TranslateSettings,
  reportedAt: ReportedAt,
): OrderReference | undefined {
  for (const key of referenceKeys) {
    const value = metadataText(metadata, key)
    if (value !== undefined) return { value, ...known({ reportedAt }) }
  }
  return undefined
}
