import { createHash } from "node:crypto"
import { type PaymentEvent, type PaymentMethod, toInstant } from "@payfold/domain"
import { Result } from "effect"
import { momentFromText } from "./Moment.ts"

/** Which payments, and when. Where nothing is named, all of them, now. */
export interface PaymentFilter {
  readonly provider?: string
  /** The method the payment shows at that moment. */
  readonly method?: PaymentMethod["_tag"]
  /** As the log stood after this position, or at this instant: `1200`, `2026-11-01T00:00:00+09:00`. */
  readonly asOf?: number | string
  /**
   * About this share of the payments, 0 to 1, chosen by their ids: the same ones in every run and from every source, and those of a smaller share are
   * among those of a larger.
   */
  readonly sample?: number
}

/** When it was recorded or received, by our clock: from an instant on, and before one. ISO 8601 with a time zone. */
export interface ReceivedFilter {
  readonly provider?: string
  readonly since?: string
  readonly before?: string
}

export interface EventFilter extends PaymentFilter, ReceivedFilter {
  readonly type?: PaymentEvent["_tag"]
}

/** Whether a payment is of the provider and in the sample. */
export function wantsPayment({ provider, sample }: PaymentFilter): (payment: string) => boolean {
  if (sample !== undefined && !(sample >= 0 && sample <= 1)) throw new RangeError(`a sample is 0 to 1, not ${sample}`)
  return payment => {
    if (provider !== undefined && !payment.startsWith(`${provider}:`)) return false
    return sample === undefined || shareOf(payment) < sample
  }
}

/** A payment's place between 0 and 1, from its id alone. */
function shareOf(payment: string): number {
  return createHash("sha256").update(payment).digest().readUIntBE(0, 6) / 2 ** 48
}

/** Whether an instant of ours lies in the range. */
export function wantsInstant({ since, before }: ReceivedFilter): (instant: string) => boolean {
  const from = since === undefined ? "" : instantOf(since)
  const to = before === undefined ? "~" : instantOf(before)
  return instant => instant >= from && instant < to
}

/** Whether an event was there at a moment. Instants never run backwards in a log, so all that come after the first one that was not were not either. */
export function wasThere(asOf: number | string | undefined) {
  if (asOf === undefined) return () => true
  const moment = momentFromText(String(asOf))
  if (Result.isFailure(moment)) throw new RangeError(moment.failure)
  const { success: then } = moment
  return (event: { readonly position: number; readonly recordedAt: string }) =>
    then._tag === "Position" ? event.position <= then.position : event.recordedAt <= then.instant
}

function instantOf(text: string): string {
  const instant = toInstant(text)
  if (instant === undefined)
    throw new RangeError(`Expected an instant such as 2026-11-01T00:00:00+09:00, found ${text}`)
  return instant
}
