import { Effect, Redacted, Result, Schema } from "effect"
import { describe, expect, it } from "vitest"
import {
  checkedId,
  decodeAnswer,
  type HttpSettings,
  makeProviderHttp,
  type ProviderRequest,
  path,
} from "../src/ProviderHttp.ts"
import { type ServerAnswer, startServer, type TestServer } from "../testing/Testing.ts"

const GET: ProviderRequest = { method: "GET", path: path`/things`, repeat: "safe" }
const CREATE: ProviderRequest = {
  method: "POST",
  path: path`/things`,
  body: {
    _tag: "Form",
    fields: [
      ["name", "ヤマダ & 1"],
      ["source[type]", "econtext"],
    ],
  },
  repeat: "once",
}
const OK: ServerAnswer = { _tag: "Reply", status: 200, body: `{"id":"thing_1"}` }

/** The last answer is repeated for every later request. */
async function exchange(
  answers: readonly [ServerAnswer, ...ReadonlyArray<ServerAnswer>],
  request: ProviderRequest,
  settings: Partial<HttpSettings> = {},
) {
  const program = Effect.gen(function* () {
    const server: TestServer = yield* startServer((_, index) => answers[index] ?? answers[answers.length - 1] ?? OK)
    const http = Result.getOrThrow(makeProviderHttp({ ...settingsFor(server.url), ...settings }))
    const outcome = yield* Effect.result(http.send(request))
    return { outcome, requests: server.requests }
  })
  return Effect.runPromise(Effect.scoped(program))
}

function settingsFor(baseUrl: string): HttpSettings {
  return {
    provider: "acme",
    baseUrl,
    authorization: Redacted.make("Basic c2VjcmV0Og=="),
    headers: { "acme-version": "2019-05-29" },
    firstRetryDelayMilliseconds: 1,
  }
}

function failureOf(outcome: Result.Result<unknown, { readonly _tag: string; readonly message: string }>) {
  if (Result.isSuccess(outcome)) throw new Error("expected a failure")
  return outcome.failure
}

describe("sending", () => {
  it("carries key, version, query and form, and gives back bytes and JSON", async () => {
    const { outcome, requests } = await exchange([OK], { ...CREATE, query: [["expand", "true"]] })
    expect(Result.getOrThrow(outcome)).toMatchObject({
      provider: "acme",
      request: "POST /things",
      status: 200,
      body: { id: "thing_1" },
      bytes: new TextEncoder().encode(`{"id":"thing_1"}`),
    })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ method: "POST", target: "/things?expand=true" })
    expect(requests[0]?.headers).toMatchObject({
      authorization: "Basic c2VjcmV0Og==",
      "acme-version": "2019-05-29",
      "content-type": "application/x-www-form-urlencoded",
    })
    expect([...new URLSearchParams(requests[0]?.body)]).toEqual([
      ["name", "ヤマダ & 1"],
      ["source[type]", "econtext"],
    ])
  })

  it("sends JSON, another key where the request names one, and no trace headers", async () => {
    const { requests } = await exchange([OK], {
      ...CREATE,
      body: { _tag: "Json", value: { a: [1] } },
      authorization: Redacted.make("Bearer other"),
      headers: { "idempotency-key": "k1" },
    })
    expect(requests[0]?.body).toBe(`{"a":[1]}`)
    expect(requests[0]?.headers).toMatchObject({ authorization: "Bearer other", "idempotency-key": "k1" })
    expect(Object.keys(requests[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(["traceparent"]))
  })

  it("reads an answer without a body", async () => {
    const { outcome } = await exchange([{ _tag: "Reply", status: 204 }], GET)
    expect(Result.getOrThrow(outcome)).toMatchObject({ status: 204, body: undefined })
  })
})

describe("repeating", () => {
  it.each([
    ["status 500", { _tag: "Reply", status: 500 }],
    ["status 503", { _tag: "Reply", status: 503 }],
    ["a closed connection", { _tag: "HangUp" }],
    ["half an answer", { _tag: "HangUp", after: `{"id":` }],
    ["status 429", { _tag: "Reply", status: 429 }],
  ] satisfies ReadonlyArray<[string, ServerAnswer]>)("sends a read again after %s", async (_, answer) => {
    const { outcome, requests } = await exchange([answer, answer, OK], GET)
    expect(Result.getOrThrow(outcome).body).toEqual({ id: "thing_1" })
    expect(requests).toHaveLength(3)
  })

  it.each([
    ["status 500", { _tag: "Reply", status: 500 }],
    ["a closed connection", { _tag: "HangUp" }],
    ["half an answer", { _tag: "HangUp", after: `{"id":` }],
    ["an answer that is not JSON", { _tag: "Reply", status: 200, body: "<html>" }],
  ] satisfies ReadonlyArray<[string, ServerAnswer]>)("never sends a creation again after %s", async (_, answer) => {
    const { outcome, requests } = await exchange([answer, OK], CREATE)
    expect(failureOf(outcome)).toMatchObject({ _tag: "OutcomeUnknown" })
    expect(requests).toHaveLength(1)
  })

  it("sends a creation again that was turned away by a limit, for nothing was done", async () => {
    const { outcome, requests } = await exchange(
      [{ _tag: "Reply", status: 429, headers: { "retry-after": "0" } }, OK],
      CREATE,
    )
    expect(Result.isSuccess(outcome)).toBe(true)
    expect(requests).toHaveLength(2)
  })

  it("stops after the retries it was given", async () => {
    const { outcome, requests } = await exchange([{ _tag: "Reply", status: 502 }], GET, { maximumRetries: 2 })
    expect(failureOf(outcome)).toMatchObject({ _tag: "ProviderUnavailable", why: "status 502" })
    expect(requests).toHaveLength(3)
  })

  it("tells the caller at once when the provider asks for more patience than it has", async () => {
    const limit: ServerAnswer = { _tag: "Reply", status: 429, headers: { "retry-after": "3600" } }
    const { outcome, requests } = await exchange([limit, OK], GET)
    expect(failureOf(outcome)).toMatchObject({ _tag: "RateLimited", retryAfterMilliseconds: 3_600_000 })
    expect(requests).toHaveLength(1)
  })

  it("knows that a connection that never came about did nothing", async () => {
    // A server that is gone again by the time the request is sent.
    const { url } = await Effect.runPromise(Effect.scoped(startServer(() => OK)))
    const http = Result.getOrThrow(makeProviderHttp({ ...settingsFor(url), maximumRetries: 0 }))
    const outcome = await Effect.runPromise(Effect.result(http.send(CREATE)))
    expect(failureOf(outcome)).toMatchObject({ _tag: "ProviderUnavailable" })
  })
})

describe("a creation under an idempotency key", () => {
  const KEYED: ProviderRequest = {
    ...CREATE,
    repeat: "safe",
    repeatAfter: headers => (headers["key-status"] === "disabled" ? "once" : "safe"),
  }
  const refused: ServerAnswer = { _tag: "Reply", status: 409, body: `{"code":"KEY_CONFLICT"}` }
  const unkept = { "key-status": "disabled" }

  it.each([
    ["status 500", { _tag: "Reply", status: 500, headers: unkept }],
    ["an answer that is not JSON", { _tag: "Reply", status: 200, headers: unkept, body: "<html>" }],
    ["half an answer", { _tag: "HangUp", after: `{"id":`, headers: unkept }],
  ] satisfies ReadonlyArray<[string, ServerAnswer]>)(
    "is never sent again after %s whose headers say that the key protects nothing",
    async (_, answer) => {
      const { outcome, requests } = await exchange([answer, OK], KEYED)
      expect(failureOf(outcome)).toMatchObject({ _tag: "OutcomeUnknown" })
      expect(requests).toHaveLength(1)
    },
  )

  it("is sent again after a 5xx whose headers do not say so", async () => {
    const { outcome } = await exchange([{ _tag: "Reply", status: 500 }, OK], KEYED)
    expect(Result.isSuccess(outcome)).toBe(true)
  })

  it.each([
    ["a closed connection", { _tag: "HangUp" }],
    ["status 502", { _tag: "Reply", status: 502 }],
  ] satisfies ReadonlyArray<[string, ServerAnswer]>)(
    "has an unknown outcome where it is refused after %s, also with others between",
    async (_, lost) => {
      const outcomeOf = async (...answers: ReadonlyArray<ServerAnswer>) =>
        failureOf((await exchange([lost, ...answers], KEYED)).outcome)
      const why = "an answer was lost, and the repeat was refused (409, KEY_CONFLICT)"
      expect(await outcomeOf(refused)).toMatchObject({ _tag: "OutcomeUnknown", why })
      expect(await outcomeOf({ _tag: "Reply", status: 429 }, refused)).toMatchObject({ _tag: "OutcomeUnknown", why })
    },
  )

  it("is refused where nothing was lost before, also after a limit", async () => {
    const { outcome } = await exchange([{ _tag: "Reply", status: 429 }, refused], KEYED)
    expect(failureOf(outcome)).toMatchObject({ _tag: "RequestRefused", status: 409, code: "KEY_CONFLICT" })
  })

  it("is unlike a read, whose refusal after a lost answer is a refusal", async () => {
    const { outcome } = await exchange([{ _tag: "HangUp" }, refused], GET)
    expect(failureOf(outcome)).toMatchObject({ _tag: "RequestRefused" })
  })
})

describe("failures", () => {
  const refusal = `{"object":"error","code":"invalid_charge","message":"amount of taro@example.com"}`
  it.each([
    [400, "RequestRefused"],
    [422, "RequestRefused"],
    [401, "CredentialsRefused"],
    [403, "CredentialsRefused"],
    [404, "NotFound"],
  ])("a status of %i is %s, once, with the provider's code", async (status, tag) => {
    const { outcome, requests } = await exchange([{ _tag: "Reply", status, body: refusal }, OK], GET)
    expect(failureOf(outcome)).toMatchObject({ _tag: tag, status, code: "invalid_charge" })
    expect(requests).toHaveLength(1)
  })

  it("say what to do, and show neither key, query nor the provider's free text", async () => {
    const { outcome } = await exchange([{ _tag: "Reply", status: 400, body: refusal }], {
      ...GET,
      query: [["query", "taro@example.com"]],
    })
    const shown = `${failureOf(outcome).message} ${JSON.stringify(failureOf(outcome))}`
    expect(shown).toContain("acme refused GET /things (400, invalid_charge). Mend the request")
    expect(shown).not.toMatch(/taro|c2VjcmV0/)
  })

  it("a refusal that is not JSON has no words", async () => {
    const { outcome } = await exchange([{ _tag: "Reply", status: 400, body: "<html>" }], GET)
    expect(failureOf(outcome)).toMatchObject({ _tag: "RequestRefused", status: 400 })
    expect(failureOf(outcome)).not.toHaveProperty("code")
  })

  it("never follows a redirect, so the key stays at home", async () => {
    const elsewhere: ServerAnswer = { _tag: "Reply", status: 302, headers: { location: "/elsewhere" } }
    const { outcome, requests } = await exchange([elsewhere, OK], GET)
    expect(failureOf(outcome)).toMatchObject({ _tag: "AnswerUnusable" })
    expect(requests.map(request => request.target)).toEqual(["/things"])
  })

  it("gives up on silence after the time-out", async () => {
    const { outcome } = await exchange([{ _tag: "Silence" }], GET, { timeoutMilliseconds: 20, maximumRetries: 1 })
    expect(failureOf(outcome)).toMatchObject({ _tag: "ProviderUnavailable", why: "no whole answer within 20 ms" })
  })

  it("stops reading an answer that is too long", async () => {
    const long: ServerAnswer = { _tag: "Reply", status: 200, body: `"${"x".repeat(2000)}"` }
    const { outcome } = await exchange([long], GET, { maximumAnswerBytes: 1000, maximumRetries: 0 })
    expect(failureOf(outcome)).toMatchObject({
      _tag: "ProviderUnavailable",
      why: "the answer is longer than 1000 bytes",
    })
  })
})

describe("paths", () => {
  const grammar = /^thing(_test)?_[0-9a-z]+$/
  it.each(["thing_test_5x", "thing_5x"])("take the id %s", id => {
    const checked = Result.getOrThrow(checkedId("acme", "the id of a thing", grammar, id))
    expect(path`/things/${checked}/parts`).toBe(`/things/${id}/parts`)
  })

  it.each([
    "",
    "../thing_1",
    "thing_1/parts",
    "thing_1?x",
    "thing_1%2f",
    "thing_1\n",
    "Thing_1",
    `thing_${"1".repeat(200)}`,
  ])("refuse %j", id => {
    expect(Result.isFailure(checkedId("acme", "the id of a thing", grammar, id))).toBe(true)
  })
})

describe("settings", () => {
  it.each([
    "http://api.example.com",
    "ftp://api.example.com",
    "https://user:secret@api.example.com",
    "https://api.example.com/?x=1",
    "https://api.example.com/#x",
    "api.example.com",
    "",
  ])("refuse the base URL %j", baseUrl => {
    expect(Result.isFailure(makeProviderHttp(settingsFor(baseUrl)))).toBe(true)
  })

  it.each(["https://api.example.com", "https://api.example.com/v1/", "http://localhost:8080", "http://127.0.0.1:1"])(
    "take the base URL %j",
    baseUrl => {
      expect(Result.isSuccess(makeProviderHttp(settingsFor(baseUrl)))).toBe(true)
    },
  )

  it.each([
    { timeoutMilliseconds: 0 },
    { maximumRetries: -1 },
    { maximumRetries: 1.5 },
    { maximumParallel: 0 },
    { maximumAnswerBytes: Number.NaN },
  ])("refuse %j", numbers => {
    expect(Result.isFailure(makeProviderHttp({ ...settingsFor("https://api.example.com"), ...numbers }))).toBe(true)
  })
})

describe("reading an answer", () => {
  const answer = { provider: "acme", request: "POST /things", status: 200, headers: {}, bytes: new Uint8Array() }
  const read = decodeAnswer(Schema.Struct({ id: Schema.String }))
  const body = { id: ["taro@example.com"] }

  it("gives the value where it fits", async () => {
    expect(await Effect.runPromise(read({ ...answer, repeat: "safe", body: { id: "1" } }))).toEqual({ id: "1" })
  })

  it.each([
    ["safe", "AnswerUnusable"],
    ["once", "OutcomeUnknown"],
  ] as const)(
    "of a request that may be sent %s again is %s where it does not fit, without its content",
    async (repeat, tag) => {
      const failure = await Effect.runPromise(Effect.flip(read({ ...answer, repeat, body })))
      expect(failure).toMatchObject({ _tag: tag, why: "expected string at id, found a list of 1" })
    },
  )
})
