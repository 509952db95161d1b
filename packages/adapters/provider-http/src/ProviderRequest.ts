import type { Redacted } from "effect"
import type { Path } from "./Path.ts"

/** Fields in their order, as a form; or one JSON value. */
export type RequestBody =
  | { readonly _tag: "Form"; readonly fields: ReadonlyArray<readonly [name: string, value: string]> }
  | { readonly _tag: "Json"; readonly value: unknown }

/** Of an answer; names in small letters. */
export type AnswerHeaders = Readonly<Record<string, string | undefined>>

/** One request to a provider. */
export interface ProviderRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  readonly path: Path
  readonly query?: ReadonlyArray<readonly [name: string, value: string]>
  readonly body?: RequestBody
  readonly headers?: Readonly<Record<string, string>>
  /** The value of the header `Authorization`, where it differs from the settings'. */
  readonly authorization?: Redacted.Redacted
  /**
   * May it be sent again when its answer is lost? `safe`: reads, and creations under an idempotency key that the provider honours.
   * `once`: it might be done twice; a lost answer is then an `OutcomeUnknown`.
   */
  readonly repeat: "safe" | "once"
  /**
   * What the headers of an answer make of `repeat`, where they may change it: a provider that says it did not keep the idempotency key turns
   * `safe` into `once`, and nothing is sent again after that answer.
   */
  readonly repeatAfter?: (headers: AnswerHeaders) => "safe" | "once"
}
