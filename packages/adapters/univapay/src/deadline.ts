import { type Instant, instantFromMilliseconds, toInstant } from "@payfold/domain"
import type { Charge } from "./wire/Charge.ts"
import type { Expiry } from "./wire/Expiry.ts"
import type { Token } from "./wire/Token.ts"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Japan has had one offset and no summer time since 1951. */
const JAPAN_OFFSET_MS = 9 * HOUR_MS

/**
 * The last moment the payer can pay: what the provider says where it was asked, else the guide's arithmetic over the token, else unknown.
 *
 * An expiry that was fetched and cannot be read leaves it unknown: a deadline may have been extended, and the arithmetic would not know. So
 * does a date asked for with the charge (`capture_at`), which replaces the token's period in a way no source spells out.
 */
export function deadlineOf(charge: Charge, token: Token | undefined, expiry: Expiry | undefined): Instant | undefined {
  if (expiry !== undefined) return toInstant(expiry.expiration_date ?? "")
  if (token?.payment_type !== "konbini" && token?.payment_type !== "bank_transfer") return undefined
  if (charge.capture_at !== undefined && charge.capture_at !== null) return undefined
  return computeDeadline(charge.created_on, token.data?.expiration_period, token.data?.expiration_time_shift)
}

/**
 * Start of the creation day in Japan + whole-day period, at the time of day and the offset that the shift says: one week from 1 January ends
 * on 8 January at 23:59 in Japan. The store's own console may set a period and a time that no answer tells, so a missing one has no default.
 *
 * `undefined` where anything is missing, where the period is not whole days, and where the result would precede the creation.
 *
 * Source: UnivaPay convenience-store guide (examples); the order of the steps is our reading of them (read 2026-11-20).
 */
export function computeDeadline(
  createdOn: string | undefined,
  period: string | undefined,
  timeShift: string | undefined,
): Instant | undefined {
  const created = toInstant(createdOn ?? "")
  const days = wholeDays(period ?? "")
  if (created === undefined || days === undefined || timeShift === undefined) return undefined
  const lastDay = instantFromMilliseconds(Date.parse(created) + JAPAN_OFFSET_MS + days * DAY_MS)?.slice(0, 10)
  const deadline = lastDay === undefined ? undefined : toInstant(`${lastDay}T${timeShift}`)
  return deadline === undefined || deadline < created ? undefined : deadline
}

const IN_DAYS = /^P(\d{1,4})D$/
const IN_HOURS = /^PT(\d{1,5})H$/

/** ISO 8601 durations as the provider writes them: `P7D`, `PT216H`. Any other is unknown. */
function wholeDays(period: string): number | undefined {
  const days = IN_DAYS.exec(period)?.[1]
  if (days !== undefined) return Number(days)
  const hours = IN_HOURS.exec(period)?.[1]
  return hours === undefined || Number(hours) % 24 !== 0 ? undefined : Number(hours) / 24
}
