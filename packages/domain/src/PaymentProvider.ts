import type { MethodCapability } from "./MethodCapability.ts"
import type { TranslateSettings, Translation } from "./Translation.ts"
import type { MakeVerify } from "./Verification.ts"

/**
 * The pure half of an adapter: what a provider's words mean and how its deliveries are told from forgeries. It has no clock, no chance and no
 * connection.
 */
export interface PaymentProvider {
  /** Lower-case, as in payment ids and on the command line: `omise`. */
  readonly name: string
  /** Grows by one whenever the same body may translate to other events than before. */
  readonly version: number
  /**
   * What a body implies. `body` is parsed JSON of any kind; it never throws. Equal bodies and settings give equal translations.
   */
  readonly translate: (body: unknown, settings: TranslateSettings) => Translation
  readonly makeVerify: MakeVerify
  readonly capabilities: ReadonlyArray<MethodCapability>
}
