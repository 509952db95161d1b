import type { Instant } from "./Instant.ts"
import type { PaymentId } from "./PaymentId.ts"
import type { PaymentEvent } from "./payment/PaymentEvent.ts"

/** One object of a body, understood: what it implies for its payment, oldest fact first. */
export interface Implied {
  readonly _tag: "Implied"
  readonly payment: PaymentId
  readonly events: ReadonlyArray<PaymentEvent>
  /** Texts that no store accepts as they are (a lone surrogate, a NUL, one without end) and that were replaced or left out, by their place in the events. */
  readonly replaced?: ReadonlyArray<string>
}

/** One object of a body that says nothing about a payment, and why. */
export interface Ignored {
  readonly _tag: "Ignored"
  readonly reason: string
}

/** One object of a body that ought to speak of a payment and cannot be read. The caller keeps the bytes in quarantine. */
export interface Unreadable {
  readonly _tag: "Unreadable"
  readonly reason: string
}

/** What became of one object of a body. */
export type Part = Implied | Ignored | Unreadable

/** A body may be one object or a list of them: one part each, in their order; never empty. */
export type Translation = readonly [Part, ...ReadonlyArray<Part>]

/** The merchant's settings that translation depends on. */
export interface TranslateSettings {
  /** Metadata keys that may hold the merchant's order reference, the first that is there wins. */
  readonly referenceKeys: ReadonlyArray<string>
}

/** The reference keys of a merchant who has said nothing else. */
export const DEFAULT_TRANSLATE_SETTINGS: TranslateSettings = {
  referenceKeys: ["order_id", "orderid", "orderId", "order_reference"],
}

/** When the provider says it sent a report, where its envelope says so. It dates what a merchant can change, never what happened. */
export type ReportedAt = Instant | undefined
