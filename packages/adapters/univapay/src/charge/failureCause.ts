import { type FailureCategory, type FailureCause, known } from "@payfold/domain"
import { withoutContacts } from "@payfold/domain/adapter"
import type { PaymentError } from "../wire/PaymentError.ts"

/**
 * Our category of each failure code with a published meaning. Two published ones are not here, because they also say that time ran out and so
 * name no cause of a failure: 313 (authorisation expired) and 327 (confirmation period over). Nothing is known of the codes between.
 *
 * Source: UnivaPay client SDKs, `doc/models/payment-error.md` (August 2026, read 2026-11-20).
 */
const CATEGORIES: Readonly<Record<FailureCategory, ReadonlyArray<number>>> = {
  cancelled: [345],
  reversed: [],
  "timed-out": [346, 502],
  declined: [304, 306, 307, 308, 311, 314, 315, 336, 337, 340, 356, 358, 359, 602, 603],
  "insufficient-funds": [330],
  "fraud-suspected": [319, 326],
  "invalid-request": [
    301, 302, 303, 305, 310, 316, 317, 318, 321, 322, 323, 324, 325, 331, 332, 333, 334, 335, 338, 339, 341, 342, 355,
    604,
  ],
  "provider-error": [320, 328, 329, 343, 344, 500, 501, 601],
  other: [309, 312, 351],
}

const CATEGORY_OF: ReadonlyMap<number, FailureCategory> = new Map(
  Object.entries(CATEGORIES).flatMap(([category, codes]) =>
    // The keys of the table are the categories.
    codes.map(code => [code, category as FailureCategory] as const),
  ),
)

/** Codes whose meaning is published and is a cause. */
export const PUBLISHED_CODES: ReadonlyArray<number> = [...CATEGORY_OF.keys()]

/** The cause that an error names; `undefined` without a code, with one that says time ran out, and with one nobody published. */
export function publishedCause(error: PaymentError | undefined): FailureCause | undefined {
  const category = error?.code === undefined ? undefined : CATEGORY_OF.get(error.code)
  return category === undefined ? undefined : { category, ...providersWords(error) }
}

/** Code and message of a failure whose code names no published cause, for people; `undefined` without a code. */
export function unnamedCause(error: PaymentError | undefined): FailureCause | undefined {
  return error?.code === undefined ? undefined : providersWords(error)
}

/** A cause that the status itself names, whatever the error adds: its code and message are kept. */
export function causeOf(category: FailureCategory, error: PaymentError | undefined): FailureCause {
  return { category, ...providersWords(error) }
}

/** The code is a number; the message is free text, which may repeat how a person can be reached. */
function providersWords(error: PaymentError | undefined) {
  return known({
    code: error?.code === undefined ? undefined : String(error.code),
    message: error?.message === undefined ? undefined : withoutContacts(error.message),
  })
}
