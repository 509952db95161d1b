import { Effect, Redacted, Stream } from "effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import type { AnswerHeaders, ProviderRequest } from "./ProviderRequest.ts"
import type { CompleteSettings } from "./settings.ts"

/** An answer of any status. */
export interface Received {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly bytes: Uint8Array
}

/** No whole answer came. `wasReached`: may the provider have seen the request? `headers`: of an answer that broke off after them. */
export interface Lost {
  readonly wasReached: boolean
  readonly headers?: AnswerHeaders
  readonly why: string
}

/**
 * Sends a request once, over Effect's HTTP client: the only file that knows it, because that module is not stable yet.
 *
 * Redirects come back as answers, so the key is never carried to another address. No trace headers are sent, and no span holds a query.
 */
export const attempt = Effect.fnUntraced(
  function* (settings: CompleteSettings, request: ProviderRequest) {
    const client = yield* HttpClient.HttpClient
    const received = client.execute(toHttpRequest(settings, request)).pipe(
      Effect.mapError(error => lost(error.reason)),
      Effect.flatMap(response => receive(response, settings.maximumAnswerBytes)),
    )
    return yield* Effect.timeoutOrElse(received, {
      duration: settings.timeoutMilliseconds,
      orElse: () => failLost(`no whole answer within ${settings.timeoutMilliseconds} ms`),
    })
  },
  Effect.provide(FetchHttpClient.layer),
  provideReferences,
)

function provideReferences<A, E, R>(effect: Effect.Effect<A, E, R>) {
  return effect.pipe(
    Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
    Effect.provideService(HttpClient.TracerPropagationEnabled, false),
    Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
  )
}

function toHttpRequest(settings: CompleteSettings, request: ProviderRequest): HttpClientRequest.HttpClientRequest {
  const { body } = request
  const bare = HttpClientRequest.make(request.method)(`${settings.baseUrl}${request.path}`).pipe(
    HttpClientRequest.setUrlParams(request.query ?? []),
    HttpClientRequest.acceptJson,
    HttpClientRequest.setHeaders({ ...settings.headers, ...request.headers }),
    HttpClientRequest.setHeader("authorization", Redacted.value(request.authorization ?? settings.authorization)),
  )
  if (body === undefined) return bare
  return body._tag === "Form"
    ? HttpClientRequest.bodyUrlParams(bare, body.fields)
    : HttpClientRequest.bodyText(bare, JSON.stringify(body.value), "application/json")
}

/** The body, or as much of it as is allowed: an endless answer must not fill the memory. */
function receive(response: HttpClientResponse, maximumBytes: number): Effect.Effect<Received, Lost> {
  const chunks: Array<Uint8Array> = []
  let size = 0
  return response.stream.pipe(
    Stream.mapError(error => lost(error.reason)),
    Stream.runForEach(chunk => {
      size += chunk.length
      chunks.push(chunk)
      return size > maximumBytes ? failLost(`the answer is longer than ${maximumBytes} bytes`) : Effect.void
    }),
    Effect.catch(error => (isEmpty(error) ? Effect.void : Effect.fail({ ...error, headers: { ...response.headers } }))),
    Effect.map(() => ({
      status: response.status,
      headers: { ...response.headers },
      bytes: new Uint8Array(Buffer.concat(chunks)),
    })),
  )
}

/** A 204 has no body to stream, which the client calls an error. */
function isEmpty(error: Lost): boolean {
  return error === EMPTY_BODY
}

const EMPTY_BODY: Lost = { wasReached: true, why: "the answer has no body" }

/** System errors of a connection that never came about: the request was not sent. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
])

function lost(reason: { readonly _tag: string; readonly cause?: unknown }): Lost {
  if (reason._tag === "EmptyBodyError") return EMPTY_BODY
  const code = systemCode(reason.cause)
  // An address or a body that cannot be built was never sent either.
  const wasReached = !(
    reason._tag === "InvalidUrlError" ||
    reason._tag === "EncodeError" ||
    NOT_CONNECTED.has(code ?? "")
  )
  return { wasReached, why: code === undefined ? "the connection failed" : `the connection failed (${code})` }
}

/** `fetch` wraps the system's error once or twice; more than that is not followed. */
function systemCode(cause: unknown): string | undefined {
  let current = cause
  for (let depth = 0; depth < 4 && current instanceof Error; depth++) {
    const code: unknown = "code" in current ? current.code : undefined
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{1,40}$/.test(code)) return code
    current = current.cause
  }
  return undefined
}

function failLost(why: string): Effect.Effect<never, Lost> {
  return Effect.fail({ wasReached: true, why })
}
