import { Schema } from "effect"

/** Why a payment failed, in our words; `other` where the provider names a cause that we have no word for. */
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

/** A named cause: our category, and the provider's code and message where it gave them. */
export const FailureCause = Schema.Struct({
  category: FailureCategory,
  code: Schema.optionalKey(Schema.NonEmptyString),
  message: Schema.optionalKey(Schema.NonEmptyString),
})
export type FailureCause = typeof FailureCause.Type
