import { Schema } from "effect"
import type { DatabaseFailure } from "../postgres/DatabaseFailure.ts"

/** Somebody else wrote the payment first, or nobody wrote what was expected. Versions; 0 is a payment without events. */
export class VersionConflict extends Schema.TaggedError<VersionConflict>()("VersionConflict", {
  payment: Schema.String,
  expected: Schema.Int,
  actual: Schema.Int,
}) {
  override get message(): string {
    return `${this.payment} stands at version ${this.actual}, not at ${this.expected}`
  }

  get advice(): string {
    return "Another writer was faster, again and again; what it wrote is recorded, of this step nothing was kept. Run the same command again."
  }
}

/** No log has this merchant's name. */
export class UnknownMerchant extends Schema.TaggedError<UnknownMerchant>()("UnknownMerchant", {
  merchant: Schema.String,
}) {
  override get message(): string {
    return `There is no merchant ${JSON.stringify(this.merchant)}`
  }

  get advice(): string {
    return "Nothing was changed. payfold merchant list shows the merchants there are, payfold merchant add makes one."
  }
}

/** The key was used before, for another request. */
export class AppendKeyReused extends Schema.TaggedError<AppendKeyReused>()("AppendKeyReused", { key: Schema.String }) {
  override get message(): string {
    return `The append key ${JSON.stringify(this.key)} already stands for another request`
  }

  get advice(): string {
    return "Nothing was recorded. Use a new key for a new request."
  }
}

/** More than one append may hold, see `appendLimits`: split it. */
export class AppendTooLarge extends Schema.TaggedError<AppendTooLarge>()("AppendTooLarge", {
  events: Schema.Int,
  bytes: Schema.Int,
}) {
  override get message(): string {
    return `${this.events} events with ${this.bytes} bytes are too much for one append`
  }

  get advice(): string {
    return "Nothing was recorded. Split it."
  }
}

/** PostgreSQL cannot keep this text as it is: NUL, or half a surrogate pair. Kept otherwise it would break the chain. */
export class UnstorableText extends Schema.TaggedError<UnstorableText>()("UnstorableText", {
  payment: Schema.String,
  field: Schema.String,
}) {
  override get message(): string {
    return `${this.field} of an event of ${JSON.stringify(this.payment)} holds NUL or half a surrogate pair`
  }

  get advice(): string {
    return "Nothing was recorded."
  }
}

/** What no repetition of the request can change. */
export type AppendRefusal = VersionConflict | UnknownMerchant | AppendKeyReused | AppendTooLarge | UnstorableText

export type AppendError = AppendRefusal | DatabaseFailure
