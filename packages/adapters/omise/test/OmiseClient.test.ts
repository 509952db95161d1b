import { DEFAULT_TRANSLATE_SETTINGS, toInstant } from "@payfold/domain"
import { type ReceivedRequest, type ServerAnswer, startServer } from "@payfold/provider-http/testing"
import { Effect, Redacted, Result, Stream } from "effect"
import { describe, expect, it } from "vitest"
import { makeOmiseClient, type OmiseClient, type OmiseClientSettings } from "../src/OmiseClient.ts"
import { chargeWithSource, econtextSource, refundOf } from "../src/requests.ts"
import { translate } from "../src/translate.ts"
import { SimulatedOmise } from "./SimulatedOmise.ts"

const SECRET = "skey_test_59rnqoboimgxvjk894d"
const PUBLIC = "pkey_test_59rnqoboimgxvjk894d"

const SOURCE = Result.getOrThrow(
  econtextSource({ amount: 150, name: "テスト", email: "taro@example.com", phoneNumber: "0312345678" }),
)
const CHARGE_FORM = Result.getOrThrow(chargeWithSource(SOURCE, { metadata: { order_id: "A-1" } }))

function settings(baseUrl: string): OmiseClientSettings {
  return {
    baseUrl,
    secretKey: Redacted.make(SECRET),
    publicKey: Redacted.make(PUBLIC),
    firstRetryDelayMilliseconds: 1,
    maximumRetries: 2,
  }
}

/** Runs a client against a server of its own: the simulated Omise, or answers that a test gives. */
function against<A, E>(
  answer: (request: ReceivedRequest, index: number) => ServerAnswer,
  use: (client: OmiseClient) => Effect.Effect<A, E>,
) {
  const program = Effect.gen(function* () {
    const server = yield* startServer(answer)
    const client = Result.getOrThrow(makeOmiseClient(settings(server.url)))
    const outcome = yield* Effect.result(use(client))
    return { outcome, requests: server.requests }
  })
  return Effect.runPromise(Effect.scoped(program))
}

const withOmise = <A, E>(use: (client: OmiseClient) => Effect.Effect<A, E>) => {
  const simulated = new SimulatedOmise()
  return against(request => simulated.answer(request), use)
}

const reply = (status: number, body: unknown = {}): ServerAnswer => ({
  _tag: "Reply",
  status,
  body: JSON.stringify(body),
})

describe("against a server that keeps the documentation", () => {
  it("creates a source with the public key, and every request names its version", async () => {
    const { outcome, requests } = await withOmise(client => client.createSource(SOURCE))
    expect(Result.getOrThrow(outcome).value).toMatchObject({ type: "econtext", amount: 150, currency: "JPY" })
    expect(requests[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from(`${PUBLIC}:`).toString("base64")}`,
      "omise-version": "2019-05-29",
    })
  })

  it("creates a charge with its source inline, and its answer translates to created and awaiting", async () => {
    const { outcome, requests } = await withOmise(client => client.createCharge(CHARGE_FORM))
    expect(requests[0]?.headers["authorization"]).toBe(`Basic ${Buffer.from(`${SECRET}:`).toString("base64")}`)
    expect(translate(Result.getOrThrow(outcome).answer.body, DEFAULT_TRANSLATE_SETTINGS)).toMatchObject([
      {
        _tag: "Implied",
        events: [{ _tag: "PaymentCreated", orderReference: { value: "A-1" } }, { _tag: "PaymentAwaiting" }],
      },
    ])
  })

  it("finds a charge again by the merchant's own reference", async () => {
    const { outcome } = await withOmise(client =>
      Effect.andThen(client.createCharge(CHARGE_FORM), client.searchCharges("A-1")),
    )
    expect(Result.getOrThrow(outcome).value.data).toHaveLength(1)
  })

  it("retrieves sources, and charges with what they refer to", async () => {
    const { outcome, requests } = await withOmise(client =>
      Effect.gen(function* () {
        const { value: created } = yield* client.createSource(SOURCE)
        const { value: source } = yield* client.retrieveSource(created.id)
        const { value: charge } = yield* client.createCharge(CHARGE_FORM)
        const { value: retrieved } = yield* client.retrieveCharge(charge.id)
        return [source.id === created.id, retrieved.id === charge.id]
      }),
    )
    expect(Result.getOrThrow(outcome)).toEqual([true, true])
    expect(requests[3]?.target).toMatch(/^\/charges\/chrg_test_[0-9a-z]+\?expand=true$/)
  })

  it("calls off a charge that waits, and is refused one that does not", async () => {
    const { outcome } = await withOmise(client =>
      Effect.gen(function* () {
        const { value } = yield* client.createCharge(CHARGE_FORM)
        const { value: expired } = yield* client.expireCharge(value.id)
        const again = yield* Effect.flip(client.expireCharge(value.id))
        return [expired.status, again]
      }),
    )
    expect(Result.getOrThrow(outcome)).toMatchObject(["expired", { _tag: "RequestRefused", code: "failed_expire" }])
  })

  it("refunds a paid charge", async () => {
    const form = Result.getOrThrow(refundOf({ charge: { received: 150 }, amount: 50 }))
    const { outcome } = await withOmise(client =>
      Effect.gen(function* () {
        const { value } = yield* client.createCharge(CHARGE_FORM)
        yield* client.searchCharges("pay everything")
        return yield* client.refund(value.id, form)
      }),
    )
    expect(Result.getOrThrow(outcome).value).toMatchObject({ amount: 50, currency: "JPY" })
  })

  it("pages through all events since a moment, oldest first, each page a body to translate", async () => {
    const since = toInstant("2025-01-01T00:00:00Z")
    if (since === undefined) throw new Error("an instant")
    const { outcome, requests } = await withOmise(client =>
      Effect.andThen(
        Effect.forEach(Array.from({ length: 130 }), () => client.createCharge(CHARGE_FORM), { concurrency: 10 }),
        Stream.runCollect(client.eventsSince(since)),
      ),
    )
    const pages = Result.getOrThrow(outcome)
    expect(pages.map(page => page.value.data.length)).toEqual([100, 30])
    expect(pages.flatMap(page => translate(page.answer.body, DEFAULT_TRANSLATE_SETTINGS))).toHaveLength(130)
    expect(requests[130]?.target).toBe("/events?from=2025-01-01T00%3A00%3A00Z&order=chronological&limit=100&offset=0")
  })

  it("reads what the account may use", async () => {
    const { outcome } = await withOmise(client => client.capability)
    expect(Result.getOrThrow(outcome).value.payment_methods).toMatchObject([{ name: "econtext", currencies: ["JPY"] }])
  })

  it("confirms a delivery in one call: true, overtaken, or never so", async () => {
    const { outcome } = await withOmise(client =>
      Effect.gen(function* () {
        const { answer } = yield* client.createCharge(CHARGE_FORM)
        const event = { object: "event", key: "charge.create", data: answer.body }
        const forged = { ...event, data: { ...Object(answer.body), amount: 1, livemode: true } }
        const fresh = yield* client.confirm(event)
        yield* client.searchCharges("pay everything")
        const overtaken = yield* client.confirm(event)
        const never = yield* client.confirm(forged)
        return [fresh, overtaken, never].map(({ differences }) => differences)
      }),
    )
    expect(Result.getOrThrow(outcome)).toEqual([[], ["status"], ["status", "amount", "mode"]])
  })
})

describe("an answer about another charge", () => {
  it("confirms nothing", async () => {
    const charge = { object: "charge", livemode: false, amount: 150, currency: "JPY", status: "pending" }
    const { outcome } = await against(
      () => reply(200, { ...charge, id: "chrg_test_other" }),
      client => client.confirm({ ...charge, id: "chrg_test_asked" }),
    )
    expect(Result.getOrThrow(outcome).differences).toEqual(["id"])
  })
})

describe("failures", () => {
  it("a lost answer to a charge is never sent again, and says to look first", async () => {
    const { outcome, requests } = await against(
      () => ({ _tag: "HangUp" }),
      client => client.createCharge(CHARGE_FORM),
    )
    expect(Result.isFailure(outcome) && outcome.failure).toMatchObject({
      _tag: "OutcomeUnknown",
      advice: expect.stringContaining("by your own reference"),
    })
    expect(requests).toHaveLength(1)
  })

  it("an answer to a charge that is no charge leaves its outcome unknown", async () => {
    const { outcome } = await against(
      () => reply(200, { object: "charge" }),
      client => client.createCharge(CHARGE_FORM),
    )
    expect(Result.isFailure(outcome) && outcome.failure).toMatchObject({
      _tag: "OutcomeUnknown",
      why: "expected the id of a charge at id, found nothing",
    })
  })

  it("a lost answer to a read is asked for again", async () => {
    const { outcome, requests } = await against(
      (_, index) => (index === 0 ? reply(503) : reply(200, { payment_methods: [] })),
      client => client.capability,
    )
    expect(Result.isSuccess(outcome)).toBe(true)
    expect(requests).toHaveLength(2)
  })

  it.each([
    [401, "authentication_failure", "CredentialsRefused"],
    [404, "not_found", "NotFound"],
    [400, "invalid_charge", "RequestRefused"],
    [429, "too_many_requests", "RateLimited"],
    [500, "internal_error", "ProviderUnavailable"],
  ])("an answer of %i %s is %s", async (status, code, tag) => {
    const { outcome } = await against(
      () => reply(status, { object: "error", code, message: "about taro@example.com" }),
      client => client.retrieveCharge("chrg_test_5x"),
    )
    expect(Result.isFailure(outcome) && outcome.failure._tag).toBe(tag)
    expect(String(Result.isFailure(outcome) && outcome.failure.message)).not.toMatch(/taro|skey/)
  })

  it.each(["", "../charges", "chrg_test_1/refunds", "src_test_1", "chrg_TEST", "chrg_1?expand=true"])(
    "the id %j never leaves this machine",
    async id => {
      const { outcome, requests } = await withOmise(client => client.retrieveCharge(id))
      expect(Result.isFailure(outcome) && outcome.failure._tag).toBe("IdRefused")
      expect(requests).toHaveLength(0)
    },
  )

  it("a delivery that names no charge has nothing to confirm", async () => {
    const { outcome } = await withOmise(client =>
      client.confirm({ object: "event", data: { object: "customer", id: "cust_1" } }),
    )
    expect(Result.isFailure(outcome) && outcome.failure._tag).toBe("NoChargeNamed")
  })
})

describe("settings", () => {
  it.each([
    [{ secretKey: Redacted.make("") }, "secretKey"],
    [{ secretKey: Redacted.make(PUBLIC) }, "secretKey"],
    [{ publicKey: Redacted.make(SECRET) }, "publicKey"],
    [{ publicKey: Redacted.make("pkey_5x") }, "publicKey"],
    [{ baseUrl: "http://api.example.com" }, "baseUrl"],
  ])("refuse %s", (change, field) => {
    const made = makeOmiseClient({ ...settings("https://api.example.com"), ...change })
    expect(Result.isFailure(made) && made.failure).toMatchObject({ _tag: "SettingsRefused", field })
  })
})
