import { Schema } from "effect"

/**
 * Why a payment failed, in our words; `other` where the provider names a cause that we have no word for. Stored for ever: never rename, retype or
 * change the meaning; add a version and teach `upcast`.
 */
export const FailureCategory = Schema.Literals([
  "cancelled",
  "reversed",
  "timed-out",
  "declined",
  "insufficient-funds",
  "fraud-suspected",
  "invalid-request",
  "provider-error",
  "other",
])
export type FailureCategory = typeof FailureCategory.Type

/**
 * What is told of a failure: our category, and the provider's code and message where it gave them. Without a category no cause is named: a code that the
 * provider does not publish is kept and means nothing yet.
 *
 * Stored for ever: never rename, retype or change the meaning; add a version and teach `upcast`.
 */
export const FailureCause = Schema.Struct({
  category: Schema.optionalKey(FailureCategory),
  code: Schema.optionalKey(Schema.NonEmptyString),
  message: Schema.optionalKey(Schema.NonEmptyString),
})
export type FailureCause = typeof FailureCause.Type
