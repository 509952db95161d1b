import { Schema } from "effect"

const where = {
  provider: Schema.String,
  /** Method and path, without query: it may hold an order's reference. */
  request: Schema.String,
}

/**
 * The provider's own words on a refusal. The code is a word of its documentation; the text may repeat what was sent, so it is redacted: show
 * it to a person who may see it, log only the code.
 */
const refusal = {
  status: Schema.Int,
  code: Schema.optionalKey(Schema.String),
  detail: Schema.optionalKey(Schema.Redacted(Schema.String)),
}

/** The provider refuses the request as it is (4xx). Sending it again is refused again: mend it. */
export class RequestRefused extends Schema.TaggedError<RequestRefused>()("RequestRefused", { ...where, ...refusal }) {
  readonly advice = "Mend the request: sent again as it is, it is refused again"
  override get message(): string {
    return said(this, `${this.provider} refused ${this.request} (${this.status}${coded(this.code)})`)
  }
}

/** The key is wrong, revoked, or may not do this (401, 403). */
export class CredentialsRefused extends Schema.TaggedError<CredentialsRefused>()("CredentialsRefused", {
  ...where,
  ...refusal,
}) {
  readonly advice = "Check the key: right account, test or live, secret or public; nothing was done"
  override get message(): string {
    return said(this, `${this.provider} refused the key of ${this.request} (${this.status}${coded(this.code)})`)
  }
}

/** There is no such object (404): not yet, not here, or not in this mode. */
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", { ...where, ...refusal }) {
  readonly advice = "Check the id and the mode of the key: test objects are unknown to live keys"
  override get message(): string {
    return said(this, `${this.provider} knows nothing at ${this.request} (${this.status}${coded(this.code)})`)
  }
}

/** Too many requests (429), also after our retries. Nothing was done. */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", {
  ...where,
  /** What the provider asks for, where it says so. */
  retryAfterMilliseconds: Schema.optionalKey(Schema.Int),
}) {
  readonly advice = "Wait, then send it again; spread requests, for other callers share the limit"
  override get message(): string {
    return said(this, `${this.provider} takes no more requests for now: ${this.request}`)
  }
}

/** No usable answer, also after our retries, to a request that may be sent again; or one that never reached the provider. */
export class ProviderUnavailable extends Schema.TaggedError<ProviderUnavailable>()("ProviderUnavailable", {
  ...where,
  why: Schema.String,
}) {
  readonly advice = "Send it again later: nothing was done, or doing it again does no harm"
  override get message(): string {
    return said(this, `${this.provider} gave no answer to ${this.request}: ${this.why}`)
  }
}

/** The answer to a request that must not be sent twice was lost. It may have been done. */
export class OutcomeUnknown extends Schema.TaggedError<OutcomeUnknown>()("OutcomeUnknown", {
  ...where,
  why: Schema.String,
}) {
  readonly advice = "Do not send it again yet: look first whether it was done, by your own reference"
  override get message(): string {
    return said(this, `It is not known whether ${this.provider} did ${this.request}: ${this.why}`)
  }
}

/** An answer that is not what the provider documents: a redirect, no JSON, another shape. */
export class AnswerUnusable extends Schema.TaggedError<AnswerUnusable>()("AnswerUnusable", {
  ...where,
  why: Schema.String,
}) {
  readonly advice =
    "Check the base URL and what stands between; if it stays so, this client does not fit the provider any more"
  override get message(): string {
    return said(this, `The answer of ${this.provider} to ${this.request} cannot be used: ${this.why}`)
  }
}

/** Everything that can come of a request besides its answer; each says what the caller does next. */
export type ProviderFailure =
  | RequestRefused
  | CredentialsRefused
  | NotFound
  | RateLimited
  | ProviderUnavailable
  | OutcomeUnknown
  | AnswerUnusable

function said({ advice }: { readonly advice: string }, sentence: string): string {
  return `${sentence}. ${advice}.`
}

function coded(code: string | undefined): string {
  return code === undefined ? "" : `, ${code}`
}
