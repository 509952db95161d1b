import type { PaymentMethod } from "../../src/PaymentMethod.ts"
import type { EventOf, PaymentEvent } from "../../src/payment/PaymentEvent.ts"
import type { PaymentStatus } from "../../src/payment/status.ts"

/** A reader that has every case compiles. */
export function nameOf(event: PaymentEvent): string {
  switch (event._tag) {
    case "PaymentCreated":
    case "PaymentAwaiting":
    case "PaymentPaid":
    case "PaymentExpired":
    case "PaymentFailed":
    case "PaymentRefunded":
    case "FactsWithdrawn":
      return event._tag
  }
}

// @ts-expect-error A reader that forgets `FactsWithdrawn` may end without a return: it must not compile.
export function forgetful(event: PaymentEvent): string {
  switch (event._tag) {
    case "PaymentCreated":
    case "PaymentAwaiting":
    case "PaymentPaid":
    case "PaymentExpired":
    case "PaymentFailed":
    case "PaymentRefunded":
      return event._tag
  }
}

/** A table by case that has every case compiles. */
export const TABLE: Readonly<Record<PaymentStatus, number>> = {
  ...{ created: 0, awaiting: 0, expired: 0 },
  ...{ failed: 0, paid: 0, refunded: 0 },
}

// @ts-expect-error A table that forgets a status must not compile.
export const FORGETFUL_TABLE: Readonly<Record<PaymentStatus, number>> = {
  created: 0,
  awaiting: 0,
  expired: 0,
  failed: 0,
}

export const UNKNOWN_CASE = {
  // @ts-expect-error No event has this name: events are added in one place.
  _tag: "PaymentRefused",
} satisfies Pick<PaymentEvent, "_tag">

// @ts-expect-error An event without its adapter's version could not be told from an older reading of the same report.
export const WITHOUT_ADAPTER: EventOf<"PaymentExpired"> = { _tag: "PaymentExpired", schemaVersion: 1 }

// @ts-expect-error What is not known is absent, never undefined: a stored event has no such value.
export const UNDEFINED_FIELD: Pick<EventOf<"PaymentExpired">, "expiredAt"> = { expiredAt: undefined }

// @ts-expect-error An amount is branded by its currency: any three letters of text are not one.
export const UNBRANDED: NonNullable<EventOf<"PaymentPaid">["received"]> = { amount: 1, currency: "JPY" as string }

// @ts-expect-error An unknown method is `Other` with the provider's word, not a kind of its own.
export const UNKNOWN_METHOD: PaymentMethod = { _tag: "Telepathy" }
