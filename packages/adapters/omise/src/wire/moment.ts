import { type Instant, toInstant } from "@payfold/domain"

/**
 * A moment as Omise writes it: ISO 8601, or `2022-12-21 09:14:45 UTC` as recorded in `references.expires_at` and webhook deliveries.
 * `undefined` where it is neither.
 */
export function moment(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined
  return toInstant(text[10] === "T" ? text : text.replace(/^(\S{10}) (\S{8}) UTC$/, "$1T$2Z"))
}
