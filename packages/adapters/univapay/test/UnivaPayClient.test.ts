import { DEFAULT_TRANSLATE_SETTINGS, readBody } from "@payfold/domain"
import { type ReceivedRequest, startServer } from "@payfold/provider-http/testing"
import {
  type IdempotencyKey,
  makeUnivaPayClient,
  newIdempotencyKey,
  toIdempotencyKey,
  type UnivaPayClient,
  univapay,
} from "@payfold/univapay"
import { Effect, Redacted, Result } from "effect"
import { describe, expect, test } from "vitest"
import { fixture } from "./fixture.ts"
import { BEARER, CHARGE_ID, type Mood, STORE_ID, TOKEN_ID, univapayServer } from "./univapayServer.ts"

interface Exchange<Value> {
  readonly outcome: Result.Result<Value, { readonly _tag: string; readonly message: string }>
  readonly requests: ReadonlyArray<ReceivedRequest>
  /** What the server did, whether or not its answer came through. */
  readonly done: ReadonlyArray<string>
}

function exchange<Value>(
  mood: Mood,
  ask: (client: UnivaPayClient) => Effect.Effect<Value, { readonly _tag: string; readonly message: string }>,
  secret = "the-secret",
): Promise<Exchange<Value>> {
  const program = Effect.gen(function* () {
    const { answer, done } = univapayServer(mood)
    const server = yield* startServer(answer)
    const client = Result.getOrThrow(
      makeUnivaPayClient({
        baseUrl: server.url,
        storeId: STORE_ID,
        jwt: Redacted.make("the.jwt"),
        secret: Redacted.make(secret),
        firstRetryDelayMilliseconds: 1,
        pollIntervalMilliseconds: 1,
      }),
    )
    const outcome = yield* Effect.result(ask(client))
    return { outcome, requests: server.requests, done }
  })
  return Effect.runPromise(Effect.scoped(program))
}

function keyOf(text: string): IdempotencyKey {
  const key = toIdempotencyKey(text)
  if (key === undefined) throw new Error("not a key")
  return key
}

const KEY = keyOf("order-1-attempt-1")
const text = new TextDecoder()

describe("creating", () => {
  test("carries the bearer, the key and the fields as JSON", async () => {
    const { outcome, requests } = await exchange({}, client => client.createToken({ payment_type: "konbini" }, KEY))
    expect(Result.getOrThrow(outcome)).toMatchObject({
      id: TOKEN_ID,
      idempotency: "kept",
      answer: { status: 201, body: fixture("konbini-token") },
    })
    expect(requests).toMatchObject([
      {
        method: "POST",
        target: "/tokens",
        body: '{"payment_type":"konbini"}',
        headers: { authorization: BEARER, "idempotency-key": KEY, "content-type": "application/json" },
      },
    ])
  })

  test("an answer that was lost is asked for again under the same key, and the thing is done once", async () => {
    const { outcome, requests, done } = await exchange({ loses: 2 }, client =>
      client.createCharge({ amount: 100 }, KEY),
    )
    expect(Result.getOrThrow(outcome).idempotency).toBe("repeated")
    expect(new Set(requests.map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set([KEY]))
    expect(requests).toHaveLength(3)
    expect(done).toHaveLength(1)
  })

  test("says when the account keeps no keys", async () => {
    const { outcome } = await exchange({ idempotency: "disabled" }, client => client.createCharge({ amount: 100 }, KEY))
    expect(Result.getOrThrow(outcome).idempotency).toBe("unprotected")
  })

  test.each(["disabled", "not_stored", "no_status", "error"] as const)(
    "is not repeated after a 5xx that says %s of its key: whether it was done is unknown",
    async idempotency => {
      const { outcome, requests } = await exchange({ idempotency, stumbles: 1 }, client =>
        client.createCharge({ amount: 100 }, KEY),
      )
      expect(Result.isFailure(outcome) && outcome.failure).toMatchObject({ _tag: "OutcomeUnknown", why: "status 500" })
      expect(requests).toHaveLength(1)
    },
  )

  test("a conflict after a lost answer may be with ourselves: whether it was done is unknown", async () => {
    const { outcome, requests } = await exchange({ loses: 1, alwaysConflicts: true }, client =>
      client.createCharge({ amount: 100 }, KEY),
    )
    expect(Result.isFailure(outcome) && outcome.failure).toMatchObject({
      _tag: "OutcomeUnknown",
      why: "an answer was lost, and the repeat was refused (409, IDEMPOTENCY_KEY_CONFLICT)",
    })
    expect(requests).toHaveLength(2)
  })

  test.each([
    [undefined, "", "AnswerUnusable"],
    [undefined, "{}", "AnswerUnusable"],
    ["disabled", "", "OutcomeUnknown"],
    ["disabled", '{"id":7}', "OutcomeUnknown"],
  ] as const)("where the key is %s, a creation answered with the body %j is %s", async (idempotency, created, tag) => {
    const mood = { created, ...(idempotency === undefined ? {} : { idempotency }) }
    for (const create of ["createToken", "createCharge"] as const) {
      const { outcome, requests } = await exchange(mood, client => client[create]({ amount: 100 }, KEY))
      expect(Result.isFailure(outcome) && outcome.failure._tag).toBe(tag)
      expect(requests).toHaveLength(1)
    }
  })

  test("another request under a key that is taken is refused with the provider's code", async () => {
    const { outcome, done } = await exchange({}, client =>
      client.createCharge({ amount: 100 }, KEY).pipe(Effect.andThen(client.createCharge({ amount: 200 }, KEY))),
    )
    expect(Result.isFailure(outcome) && outcome.failure).toMatchObject({
      _tag: "RequestRefused",
      status: 409,
      code: "IDEMPOTENCY_KEY_CONFLICT",
    })
    expect(done).toHaveLength(1)
  })

  test("cancels and refunds of a charge go to its own address", async () => {
    const { outcome, requests } = await exchange({}, client =>
      client
        .cancel(CHARGE_ID, {}, KEY)
        .pipe(Effect.andThen(client.refund(CHARGE_ID, { amount: 1, currency: "JPY" }, keyOf("k2")))),
    )
    expect(Result.getOrThrow(outcome).answer.body).toMatchObject({ status: "pending" })
    expect(requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `POST /stores/${STORE_ID}/charges/${CHARGE_ID}/cancels`,
      `POST /stores/${STORE_ID}/charges/${CHARGE_ID}/refunds`,
    ])
  })

  test("keys of ours are new each time, and what is no key is told", () => {
    const [one, two] = [Effect.runSync(newIdempotencyKey), Effect.runSync(newIdempotencyKey)]
    expect(one).not.toBe(two)
    expect(toIdempotencyKey(one)).toBe(one)
    for (const wrong of ["", "a b", "a\nb", "x".repeat(129)]) expect(toIdempotencyKey(wrong)).toBeUndefined()
  })
})

describe("reading", () => {
  test("charges, tokens, expiries, refunds and lists, each at its address", async () => {
    const { outcome, requests } = await exchange({}, client =>
      Effect.all([
        client.retrieveCharge(CHARGE_ID),
        client.retrieveToken(TOKEN_ID),
        client.latestExpiry(CHARGE_ID),
        client.refunds(CHARGE_ID),
        client.refunds(CHARGE_ID, TOKEN_ID),
        client.listCharges({ limit: 100, cursorDirection: "asc", from: "2026-01-01T00:00:00Z", mode: "test" }),
      ]),
    )
    expect(Result.getOrThrow(outcome).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    expect(requests.map(({ target }) => target)).toEqual([
      `/stores/${STORE_ID}/charges/${CHARGE_ID}`,
      `/stores/${STORE_ID}/tokens/${TOKEN_ID}`,
      `/stores/${STORE_ID}/charges/${CHARGE_ID}/expiry/latest`,
      `/stores/${STORE_ID}/charges/${CHARGE_ID}/refunds?limit=100`,
      `/stores/${STORE_ID}/charges/${CHARGE_ID}/refunds?limit=100&cursor=${TOKEN_ID}`,
      `/stores/${STORE_ID}/charges?limit=100&cursor_direction=asc&from=2026-01-01T00%3A00%3A00Z&mode=test`,
    ])
  })

  test("too many requests are sent again, and an empty answer is no surprise", async () => {
    const { outcome, requests } = await exchange({ tooMany: 2 }, client => client.retrieveCharge(CHARGE_ID))
    expect(Result.isSuccess(outcome)).toBe(true)
    expect(requests).toHaveLength(3)
  })

  test("a wrong secret is a failure that names the code and neither secret nor token", async () => {
    const { outcome } = await exchange({}, client => client.retrieveCharge(CHARGE_ID), "mistaken")
    expect(Result.isFailure(outcome) && outcome.failure).toMatchObject({
      _tag: "CredentialsRefused",
      code: "INVALID_CREDENTIALS",
    })
    expect(JSON.stringify(outcome)).not.toMatch(/mistaken|the\.jwt/)
  })

  test.each(["", "../tokens", "x", `${CHARGE_ID}/refunds`, `${CHARGE_ID}?polling=true`, "11ed07f5%2d345d"])(
    "%j never enters a path",
    async id => {
      const { outcome, requests } = await exchange({}, client => client.retrieveCharge(id))
      expect(Result.isFailure(outcome) && outcome.failure._tag).toBe("IdRefused")
      expect(requests).toEqual([])
    },
  )

  test("settings that would leak the key are refused", () => {
    const settings = { storeId: STORE_ID, jwt: Redacted.make("j"), secret: Redacted.make("s") }
    expect(Result.isFailure(makeUnivaPayClient({ ...settings, baseUrl: "http://api.univapay.com" }))).toBe(true)
    expect(Result.isFailure(makeUnivaPayClient({ ...settings, storeId: "../" }))).toBe(true)
    expect(Result.isSuccess(makeUnivaPayClient(settings))).toBe(true)
  })
})

describe("settings", () => {
  const settings = { storeId: STORE_ID, jwt: Redacted.make("j"), secret: Redacted.make("s") }

  test.each(["", " ", "ひみつ", "a\nb", "a b"])("%j is neither a secret nor a token", text => {
    for (const field of ["secret", "jwt"] as const) {
      const refusal = makeUnivaPayClient({ ...settings, [field]: Redacted.make(text) })
      expect(Result.isFailure(refusal) && refusal.failure).toMatchObject({ _tag: "SettingsRefused", field })
    }
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 60_001])("%d is no interval between polls", value => {
    const refusal = makeUnivaPayClient({ ...settings, pollIntervalMilliseconds: value })
    expect(Result.isFailure(refusal) && refusal.failure).toMatchObject({ field: "pollIntervalMilliseconds" })
  })
})

describe("polling", () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1_001])("%d polls are refused unsent", async polls => {
    const { outcome, requests } = await exchange({ statuses: ["awaiting", "successful"] }, client =>
      client.pollCharge(CHARGE_ID, "awaiting", polls),
    )
    expect(Result.isFailure(outcome) && outcome.failure).toMatchObject({
      _tag: "SettingsRefused",
      field: "maximumPolls",
    })
    expect(requests).toEqual([])
  })

  test("waits for a status reachable from the present one, not for the present one", async () => {
    const statuses = ["awaiting", "pending", "awaiting", "successful"]
    const { outcome, requests } = await exchange({ statuses }, client => client.pollCharge(CHARGE_ID, "awaiting", 10))
    expect(Result.getOrThrow(outcome)).toMatchObject({ hasMoved: true, answer: { body: { status: "successful" } } })
    expect(requests.map(({ target }) => target)).toEqual(
      statuses.map(() => `/stores/${STORE_ID}/charges/${CHARGE_ID}?polling=true`),
    )
  })

  test("running out of polls is no failure", async () => {
    const { outcome, requests } = await exchange({}, client => client.pollCharge(CHARGE_ID, "awaiting", 3))
    expect(Result.getOrThrow(outcome)).toMatchObject({ hasMoved: false, answer: { body: { status: "awaiting" } } })
    expect(requests).toHaveLength(3)
  })

  test("from a final status one look is enough", async () => {
    const { outcome, requests } = await exchange({ statuses: ["failed"] }, client =>
      client.pollCharge(CHARGE_ID, "failed", 9),
    )
    expect(Result.getOrThrow(outcome).hasMoved).toBe(false)
    expect(requests).toHaveLength(1)
  })
})

describe("the snapshot", () => {
  const snapshotOf = async (mood: Mood) => {
    const { outcome, requests } = await exchange(mood, client => client.snapshot(CHARGE_ID))
    return { ...Result.getOrThrow(outcome), requests }
  }

  test("holds charge, token and latest expiry, each as it was answered", async () => {
    const { bytes, body } = await snapshotOf({})
    const charge = JSON.stringify(fixture("seed-001-3-awaiting"), undefined, 3)
    const [token, expiry] = [JSON.stringify(fixture("konbini-token")), JSON.stringify(fixture("expiry-latest"))]
    expect(text.decode(bytes)).toBe(`{"charge":${charge},"token": ${token} ,"expiry":${expiry}}`)
    expect(Result.getOrThrow(readBody(bytes))).toEqual(body)
    const [part] = univapay.translate(body, DEFAULT_TRANSLATE_SETTINGS)
    expect(part).toMatchObject({
      events: [
        { _tag: "PaymentCreated", method: { _tag: "Konbini", store: "seven-eleven" } },
        { _tag: "PaymentAwaiting", deadline: "2022-08-03T14:59:59.000Z" },
      ],
    })
  })

  test("a byte order mark before the charge does not break the body", async () => {
    const { bytes, body } = await snapshotOf({ opensWith: "\ufeff" })
    expect(Result.getOrThrow(readBody(bytes))).toEqual(body)
  })

  test("a token or an expiry that is gone is null", async () => {
    expect((await snapshotOf({ missing: ["expiry"] })).body).toMatchObject({ token: { id: TOKEN_ID }, expiry: null })
    expect((await snapshotOf({ missing: ["token", "expiry"] })).body).toMatchObject({ token: null, expiry: null })
  })

  test("a card has no expiry to ask for", async () => {
    const { body, requests } = await snapshotOf({ token: fixture("card-token-cvv") })
    expect(body).toMatchObject({ token: { payment_type: "card" }, expiry: null })
    expect(requests).toHaveLength(2)
  })
})
