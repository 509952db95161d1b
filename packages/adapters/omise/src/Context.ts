import type { ReportedAt, TranslateSettings } from "@payfold/domain"
import type { Place } from "@payfold/domain/adapter"

/** Where an object stands in its body, when its envelope says it was sent, and the merchant's settings. */
export interface Context {
  readonly place: Place
  readonly reportedAt: ReportedAt
  readonly settings: TranslateSettings
}
