import type { Effect, Stream } from "effect"
import type { Instant } from "./Instant.ts"
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

/**
 * The effectful half of an adapter: asks the provider how things stand now, because webhooks get lost. Each answer is a delivery's body as it came,
 * which an inbox keeps and `translate` reads.
 */
export interface ProviderReader<Failure> {
  /** Everything the provider says of one charge. */
  readonly snapshot: (chargeId: string) => Effect.Effect<Uint8Array, Failure>
  /** Bodies about all that changed since an instant, oldest first; absent where the provider cannot tell. */
  readonly changedSince?: (since: Instant) => Stream.Stream<Uint8Array, Failure>
}
