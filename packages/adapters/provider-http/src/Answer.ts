import { explain } from "@payfold/domain"
import { Effect, Result, Schema } from "effect"
import { AnswerUnusable, OutcomeUnknown } from "./ProviderFailure.ts"
import type { AnswerHeaders, ProviderRequest } from "./ProviderRequest.ts"

/** A provider's answer with a status of 2xx. */
export interface Answer {
  readonly provider: string
  /** Method and path of what it answers. */
  readonly request: string
  /** May what it answers be sent again, now that its headers are known? */
  readonly repeat: ProviderRequest["repeat"]
  readonly status: number
  readonly headers: AnswerHeaders
  /** The bytes as they came, for an inbox. */
  readonly bytes: Uint8Array
  /** The same as parsed JSON; `undefined` where there were no bytes. */
  readonly body: unknown
}

/**
 * Reads an answer's body by a schema; what does not fit is named by place and kind, never repeated. Of what must not be sent twice, an answer that
 * cannot be read is an outcome that is not known.
 */
export function decodeAnswer<S extends Schema.ConstraintDecoder<unknown>>(
  schema: S,
): (answer: Answer) => Effect.Effect<S["Type"], AnswerUnusable | OutcomeUnknown> {
  const decode = Schema.decodeUnknownResult(schema)
  return ({ provider, request, repeat, body }) =>
    Result.match(decode(body), {
      onSuccess: value => Effect.succeed(value),
      onFailure: error => {
        const { path, expected, found } = explain(error, body)
        const said = { provider, request, why: `expected ${expected} at ${path}, found ${found}` }
        return Effect.fail(repeat === "once" ? new OutcomeUnknown(said) : new AnswerUnusable(said))
      },
    })
}
