import type fc from "fast-check"
import type { PaymentMethod } from "../../src/PaymentMethod.ts"
import type { DiscrepancyCode } from "../../src/payment/discrepancies.ts"
import type { PaymentStatus } from "../../src/payment/status.ts"
import type { TranslateSettings } from "../../src/Translation.ts"
import type { Story } from "./Story.ts"

/** What a generator promises to produce. Each occurs in at least 1 % of stories, or the coverage law fails: nothing passes vacuously. */
export interface Declared {
  readonly statuses: ReadonlyArray<PaymentStatus>
  readonly discrepancies: ReadonlyArray<DiscrepancyCode>
  /** Kinds of `truth.method`. */
  readonly methods: ReadonlyArray<PaymentMethod["_tag"]>
  /** Habits named by snapshots. Duplicated, delayed, reordered and dropped are the kit's own and need no declaration. */
  readonly habits: ReadonlyArray<string>
}

/**
 * How a provider speaks, for `adapterLaws`. An adapter's own part is `stories`; the kit then duplicates, delays, reorders and drops what a
 * story's snapshots say.
 */
export interface Deliveries {
  readonly stories: fc.Arbitrary<Story>
  readonly declared: Declared
  /** `DEFAULT_TRANSLATE_SETTINGS` where absent. */
  readonly settings?: TranslateSettings
}
