import { known } from "../known.ts"
import { MAXIMUM_ORDER_REFERENCE, type OrderReference } from "../payment/PaymentEvent.ts"
import type { ReportedAt, TranslateSettings } from "../Translation.ts"

/**
 * The merchant's own reference from a charge's metadata, under the first of the merchant's keys that is there, dated by the envelope.
 * `isHidden` tells texts that the provider puts in the place of a value.
 */
export function orderReference(
  metadata: unknown,
  { referenceKeys }: TranslateSettings,
  reportedAt: ReportedAt,
  isHidden: (text: string) => boolean = () => false,
): OrderReference | undefined {
  for (const key of referenceKeys) {
    const value = metadataText(metadata, key)
    if (value !== undefined && value.length <= MAXIMUM_ORDER_REFERENCE && !isHidden(value))
      return { value, ...known({ reportedAt }) }
  }
  return undefined
}

/**
 * A value of somebody's metadata as text. Metadata is loose: what was sent as a number comes back as text and the other way round, and keys
 * vanish. A number that JSON cannot carry exactly (2^53 and beyond) is unknown, for it was already rounded when it got here.
 */
export function metadataText(metadata: unknown, key: string): string | undefined {
  if (typeof metadata !== "object" || metadata === null || !Object.hasOwn(metadata, key)) return undefined
  // Any own property of parsed JSON may be looked at; what it is, the next lines say.
  const value = (metadata as Record<string, unknown>)[key]
  if (typeof value === "string") return value === "" ? undefined : value
  if (typeof value !== "number") return undefined
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : undefined
}
