import { Redacted, Result, Schema } from "effect"
import type { Answer } from "./Answer.ts"
import type { Lost, Received } from "./attempt.ts"
import {
  AnswerUnusable,
  CredentialsRefused,
  NotFound,
  OutcomeUnknown,
  type ProviderFailure,
  ProviderUnavailable,
  RateLimited,
  RequestRefused,
} from "./ProviderFailure.ts"
import type { AnswerHeaders, ProviderRequest } from "./ProviderRequest.ts"

/** What one attempt came to, and whether another one may follow. */
export interface Judged {
  readonly failure: ProviderFailure
  readonly mayRepeat: boolean
  /** It may have been done although its answer was lost, so that a later refusal speaks of the repeat alone. */
  readonly mayBeDone?: true
  /** What the provider asks for before the next attempt. */
  readonly retryAfterMilliseconds?: number
}

type Where = { readonly provider: string; readonly request: string }

/** What every failure of a request names: whom, and which request without its query. */
export function whereOf(provider: string, { method, path }: ProviderRequest): Where {
  return { provider, request: `${method} ${path}` }
}

/** An answer of any status is an `Answer` or a failure that tells the caller what to do. */
export function judge(where: Where, request: ProviderRequest, received: Received): Result.Result<Answer, Judged> {
  const { status, headers, bytes } = received
  if (status >= 200 && status <= 299) return readAnswer(where, repeatOf(request, headers), received)
  if (status === 429) return Result.fail(limited(where, headers["retry-after"]))
  if (status >= 500)
    return Result.fail(judgeLost(where, request, { wasReached: true, headers, why: `status ${status}` }))
  if (status < 400) {
    const why = `status ${status}; redirects are not followed`
    return Result.fail({ failure: new AnswerUnusable({ ...where, why }), mayRepeat: false })
  }
  const refusal = { ...where, status, ...providersWords(bytes) }
  if (status === 401 || status === 403)
    return Result.fail({ failure: new CredentialsRefused(refusal), mayRepeat: false })
  if (status === 404) return Result.fail({ failure: new NotFound(refusal), mayRepeat: false })
  return Result.fail({ failure: new RequestRefused(refusal), mayRepeat: false })
}

/** No whole answer: harmless for what may be repeated or was never sent, else the one case that needs a person or a look-up. */
export function judgeLost(where: Where, request: ProviderRequest, { wasReached, headers = {}, why }: Lost): Judged {
  if (!wasReached) return { failure: new ProviderUnavailable({ ...where, why }), mayRepeat: true }
  return repeatOf(request, headers) === "once"
    ? { failure: new OutcomeUnknown({ ...where, why }), mayRepeat: false, mayBeDone: true }
    : { failure: new ProviderUnavailable({ ...where, why }), mayRepeat: true, mayBeDone: true }
}

/**
 * A refusal after an attempt whose answer was lost: it speaks of the repeat (its key is taken, its one-time token used), and the first attempt
 * may be what took it. Only a read has no outcome to be unsure of.
 */
export function judgeRefusedRepeat(
  where: Where,
  { method }: ProviderRequest,
  failure: ProviderFailure,
): ProviderFailure {
  if (method === "GET" || failure._tag !== "RequestRefused") return failure
  const code = failure.code === undefined ? "" : `, ${failure.code}`
  return new OutcomeUnknown({
    ...where,
    why: `an answer was lost, and the repeat was refused (${failure.status}${code})`,
  })
}

function repeatOf({ repeat, repeatAfter }: ProviderRequest, headers: AnswerHeaders): ProviderRequest["repeat"] {
  return repeat === "once" ? "once" : (repeatAfter?.(headers) ?? "safe")
}

function readAnswer(
  where: Where,
  repeat: ProviderRequest["repeat"],
  { status, headers, bytes }: Received,
): Result.Result<Answer, Judged> {
  const body = parse(bytes)
  if (Result.isSuccess(body)) return Result.succeed({ ...where, repeat, status, headers, bytes, body: body.success })
  const why = `status ${status} with a body that is not JSON`
  const failure = repeat === "once" ? new OutcomeUnknown({ ...where, why }) : new AnswerUnusable({ ...where, why })
  return Result.fail({ failure, mayRepeat: false })
}

function limited(where: Where, retryAfter: string | undefined): Judged {
  // The form with a date is rare, and a clock apart would make it wrong: our own delays serve then.
  const asked = /^[0-9]{1,6}$/.test(retryAfter ?? "") ? { retryAfterMilliseconds: Number(retryAfter) * 1000 } : {}
  return { failure: new RateLimited({ ...where, ...asked }), mayRepeat: true, ...asked }
}

const Refusal = Schema.Struct({ code: Schema.optionalKey(Schema.Unknown), message: Schema.optionalKey(Schema.Unknown) })
const decodeRefusal = Schema.decodeUnknownResult(Refusal)

/** `code` and `message` at the top of the body, as both providers send them; the code only where it is a word. */
function providersWords(bytes: Uint8Array): { readonly code?: string; readonly detail?: Redacted.Redacted } {
  const said = Result.flatMap(parse(bytes), body => decodeRefusal(body))
  if (Result.isFailure(said)) return {}
  const { code, message } = said.success
  return {
    ...(typeof code === "string" && /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(code) ? { code } : {}),
    ...(typeof message === "string" ? { detail: Redacted.make(message) } : {}),
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

function parse(bytes: Uint8Array): Result.Result<unknown, undefined> {
  if (bytes.length === 0) return Result.succeed(undefined)
  return Result.try({ try: (): unknown => JSON.parse(utf8.decode(bytes)), catch: () => undefined })
}
