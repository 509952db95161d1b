import type { Instructions } from "./Instructions.ts"
import type { PaymentMethod } from "./PaymentMethod.ts"

/** What a provider offers with one method. A declared table with its sources: the charge's own flags and the account's settings go before it. */
export interface MethodCapability {
  /** The provider's word for the method. */
  readonly word: string
  readonly method: PaymentMethod
  /** ISO 3166-1 alpha-2; empty where no source says. */
  readonly countries: ReadonlyArray<string>
  /** ISO 4217; empty where no source says. */
  readonly currencies: ReadonlyArray<string>
  /** Where the payer goes: a web page, an app, or elsewhere with a code. */
  readonly flow: "redirect" | "app-redirect" | "offline" | "direct" | "unknown"
  /** Minor units, both inclusive, each where a source states it. */
  readonly limits?: { readonly minimum?: number; readonly maximum?: number; readonly currency: string }
  readonly refund: "none" | "full" | "partial" | "unknown"
  /** Can a payment that still waits be called off? */
  readonly cancel: "yes" | "no" | "unknown"
  /** Which instructions the payer gets. */
  readonly instructions: ReadonlyArray<keyof Instructions>
  /** Withdrawn methods stay in history: their payloads are still read. */
  readonly withdrawn?: string
  /** Where this row comes from, with the date read. */
  readonly source: string
}
