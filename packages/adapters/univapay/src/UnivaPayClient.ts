import { required } from "@payfold/domain/adapter"
import {
  type Answer,
  type CheckedId,
  checkedId,
  decodeAnswer,
  type HttpSettings,
  type IdRefused,
  makeProviderHttp,
  type Path,
  type ProviderFailure,
  type ProviderHttp,
  path,
  SettingsRefused,
} from "@payfold/provider-http"
import { Effect, Redacted, Result, Schema } from "effect"
import { PROVIDER } from "./adapter.ts"
import { type Delivery, toDelivery } from "./delivery.ts"
import { type Idempotency, type IdempotencyKey, idempotencyOf } from "./idempotency.ts"
import { type RequestFields, reachableFrom } from "./requests.ts"
import type { CHARGE_STATUSES } from "./wire/Charge.ts"

/** How to reach one store at UnivaPay. Times, retries and bounds are those of `provider-http`. */
export interface UnivaPaySettings extends Omit<HttpSettings, "provider" | "baseUrl" | "authorization"> {
  /** `https://api.univapay.com` where absent. */
  readonly baseUrl?: string
  readonly storeId: string
  /** The application token and its secret, in printable ASCII without spaces; together they may charge. Neither is ever logged. */
  readonly jwt: Redacted.Redacted
  readonly secret: Redacted.Redacted
  /** Between two polls, 1 to 60,000: 1,000. */
  readonly pollIntervalMilliseconds?: number
}

/** The answer to a creation, the id of what was created, and whether asking again under its key is harmless. */
export interface Created {
  readonly id: string
  readonly answer: Answer
  readonly idempotency: Idempotency
}

/** Where a poll ended: the status left the one it began with, or the polls ran out first, which is no failure: a webhook may still come. */
export interface Polled {
  readonly answer: Answer
  readonly hasMoved: boolean
}

/** A page of charges: at most 100, from a cursor on. */
export interface ChargeQuery {
  readonly limit?: number
  readonly cursor?: string
  readonly cursorDirection?: "asc" | "desc"
  /** ISO 8601, inclusive. */
  readonly from?: string
  /** ISO 8601, exclusive. */
  readonly to?: string
  readonly mode?: "live" | "test"
  readonly transactionTokenId?: string
}

type Sent<Value> = Effect.Effect<Value, ProviderFailure | IdRefused>

/** What can be asked of UnivaPay for one store. Every answer's bytes are kept, so that what was read can go into an inbox as it came. */
export interface UnivaPayClient {
  readonly createToken: (fields: RequestFields, key: IdempotencyKey) => Sent<Created>
  readonly createCharge: (fields: RequestFields, key: IdempotencyKey) => Sent<Created>
  readonly retrieveCharge: (chargeId: string) => Sent<Answer>
  /**
   * Asks until the charge has a status reachable from `from`, at most `maximumPolls` times (1 to 1,000, else `SettingsRefused` and nothing
   * is sent); the provider holds each request for a while.
   */
  readonly pollCharge: (
    chargeId: string,
    from: ChargeStatus,
    maximumPolls: number,
  ) => Effect.Effect<Polled, ProviderFailure | IdRefused | SettingsRefused>
  readonly retrieveToken: (tokenId: string) => Sent<Answer>
  readonly latestExpiry: (chargeId: string) => Sent<Answer>
  /** One page, of 10 charges unless `limit` says more. While the answer says `has_more`, the rest follows from the id of its last charge as `cursor`. */
  readonly listCharges: (query: ChargeQuery) => Sent<Answer>
  /** One page of at most 100 refunds. While the answer says `has_more`, the rest follows from the id of its last refund as `cursor`. */
  readonly refunds: (chargeId: string, cursor?: string) => Sent<Answer>
  readonly cancel: (chargeId: string, fields: RequestFields, key: IdempotencyKey) => Sent<Created>
  readonly refund: (chargeId: string, fields: RequestFields, key: IdempotencyKey) => Sent<Created>
  /** Charge, token and latest expiry as one delivery body, each verbatim. It holds no refunds: a charge names none, `refunds` asks for them. */
  readonly snapshot: (chargeId: string) => Sent<Delivery>
}

type ChargeStatus = (typeof CHARGE_STATUSES)[number]

/**
 * A client of UnivaPay's API, or a refusal of settings that cannot work.
 *
 * Every creation carries an idempotency key, the same in every retry, so a lost answer is asked for again. After an answer which says that the
 * key protects nothing (`idempotency: "unprotected"`) there is no retry: where it failed, its outcome is unknown. An answer that was lost whole
 * says nothing: where the account has the feature switched off, only a one-time token keeps a charge from being made twice.
 *
 * Source: UnivaPay client SDKs, univapay-node 4.0.130 for the expiry (read 2026-11-20).
 */
export function makeUnivaPayClient(
  settings: UnivaPaySettings,
): Result.Result<UnivaPayClient, SettingsRefused | IdRefused> {
  const { storeId, jwt, secret, pollIntervalMilliseconds = 1_000, baseUrl = BASE_URL, ...http } = settings
  if (!isHeaderWord(secret)) return refused("secret", HEADER_WORD)
  if (!isHeaderWord(jwt)) return refused("jwt", HEADER_WORD)
  if (!isWholeNumber(pollIntervalMilliseconds, 60_000))
    return refused("pollIntervalMilliseconds", "a whole number from 1 to 60000")
  const authorization = Redacted.make(`Bearer ${Redacted.value(secret)}.${Redacted.value(jwt)}`)
  return Result.flatMap(idOf("store", storeId), store =>
    Result.map(makeProviderHttp({ ...http, provider: PROVIDER, baseUrl, authorization }), sender =>
      clientOf(sender, store, pollIntervalMilliseconds),
    ),
  )
}

const BASE_URL = "https://api.univapay.com"
const MAXIMUM_POLLS = 1_000
const HEADER_WORD = "printable ASCII without spaces, not empty"

/** What a header can carry as it is: an empty half or another letter would be sent as something else, or not at all. */
function isHeaderWord(text: Redacted.Redacted): boolean {
  return /^[\x21-\x7e]+$/.test(Redacted.value(text))
}

function isWholeNumber(value: number, maximum: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= maximum
}

function refused(field: string, expected: string): Result.Result<never, SettingsRefused> {
  return Result.fail(new SettingsRefused({ provider: PROVIDER, field, expected }))
}

const CreatedObject = Schema.Struct({ id: required(Schema.NonEmptyString, "the id of what was created") })

function clientOf(http: ProviderHttp, store: CheckedId, pollIntervalMilliseconds: number): UnivaPayClient {
  const get = (at: Path, query: ReadonlyArray<readonly [string, string]> = []) =>
    http.send({ method: "GET", path: at, query, repeat: "safe" })
  const post = Effect.fnUntraced(function* (at: Path, fields: RequestFields, key: IdempotencyKey) {
    const answer = yield* http.send({
      method: "POST",
      path: at,
      body: { _tag: "Json", value: fields },
      headers: { "idempotency-key": key },
      repeat: "safe",
      repeatAfter: headers => (idempotencyOf(headers) === "unprotected" ? "once" : "safe"),
    })
    const { id } = yield* decodeAnswer(CreatedObject)(answer)
    return { id, answer, idempotency: idempotencyOf(answer.headers) } satisfies Created
  })
  const ofCharge = <Value>(chargeId: string, ask: (charge: CheckedId) => Effect.Effect<Value, ProviderFailure>) =>
    Effect.flatMap(Effect.fromResult(idOf("charge", chargeId)), ask)
  const retrieveCharge = (chargeId: string) =>
    ofCharge(chargeId, charge => get(path`/stores/${store}/charges/${charge}`))
  const retrieveToken = (tokenId: string) =>
    Effect.flatMap(Effect.fromResult(idOf("token", tokenId)), token => get(path`/stores/${store}/tokens/${token}`))
  const latestExpiry = (chargeId: string) =>
    ofCharge(chargeId, charge => get(path`/stores/${store}/charges/${charge}/expiry/latest`))
  return {
    createToken: (fields, key) => post(path`/tokens`, fields, key),
    createCharge: (fields, key) => post(path`/charges`, fields, key),
    retrieveCharge,
    pollCharge: Effect.fnUntraced(function* (chargeId, from, maximumPolls) {
      if (!isWholeNumber(maximumPolls, MAXIMUM_POLLS))
        return yield* Effect.fromResult(refused("maximumPolls", `a whole number from 1 to ${MAXIMUM_POLLS}`))
      const charge = yield* Effect.fromResult(idOf("charge", chargeId))
      const ask = get(path`/stores/${store}/charges/${charge}`, [["polling", "true"]])
      return yield* poll(ask, from, maximumPolls, pollIntervalMilliseconds)
    }),
    retrieveToken,
    latestExpiry,
    listCharges: query => get(path`/stores/${store}/charges`, queryOf(query)),
    refunds: (chargeId, cursor) =>
      ofCharge(chargeId, charge =>
        get(path`/stores/${store}/charges/${charge}/refunds`, queryOf({ limit: 100, cursor })),
      ),
    cancel: (chargeId, fields, key) =>
      ofCharge(chargeId, charge => post(path`/stores/${store}/charges/${charge}/cancels`, fields, key)),
    refund: (chargeId, fields, key) =>
      ofCharge(chargeId, charge => post(path`/stores/${store}/charges/${charge}/refunds`, fields, key)),
    snapshot: chargeId => takeSnapshot({ retrieveCharge, retrieveToken, latestExpiry }, chargeId),
  }
}

/** Ids are UUIDs. Source: UnivaPay client SDKs (August 2026, read 2026-11-20). */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function idOf(what: string, id: string): Result.Result<CheckedId, IdRefused> {
  return checkedId(PROVIDER, `the id of a ${what}`, UUID, id)
}

const Standing = Schema.Struct({ status: Schema.NonEmptyString })

/** A poll that begins on `awaiting` must not end on it. From a final status nothing is reachable: one look is enough. */
const poll = Effect.fnUntraced(function* (
  ask: Effect.Effect<Answer, ProviderFailure>,
  from: ChargeStatus,
  maximumPolls: number,
  intervalMilliseconds: number,
) {
  const awaited = reachableFrom(from)
  for (let polls = 1; ; polls++) {
    const answer = yield* ask
    const { status } = yield* decodeAnswer(Standing)(answer)
    const hasMoved = awaited.includes(status)
    if (hasMoved || polls >= maximumPolls || awaited.length === 0) return { answer, hasMoved } satisfies Polled
    yield* Effect.sleep(intervalMilliseconds)
  }
})

const Named = Schema.Struct({ transaction_token_id: Schema.optionalKey(Schema.Unknown) })
const Typed = Schema.Struct({ payment_type: Schema.optionalKey(Schema.Unknown) })

/** A token may be gone by now, and only cash has an expiry: what is not there is left out, any other failure is told. */
const takeSnapshot = Effect.fnUntraced(function* (
  client: Pick<UnivaPayClient, "retrieveCharge" | "retrieveToken" | "latestExpiry">,
  chargeId: string,
) {
  const charge = yield* client.retrieveCharge(chargeId)
  const { transaction_token_id: tokenId } = yield* decodeAnswer(Named)(charge)
  const token = typeof tokenId === "string" ? yield* unlessMissing(client.retrieveToken(tokenId)) : undefined
  const type = token === undefined ? undefined : (yield* decodeAnswer(Typed)(token)).payment_type
  const mayExpire = type === undefined || type === "konbini" || type === "bank_transfer"
  const expiry = mayExpire ? yield* unlessMissing(client.latestExpiry(chargeId)) : undefined
  return toDelivery(charge, token, expiry)
})

function unlessMissing(asked: Sent<Answer>): Sent<Answer | undefined> {
  return Effect.catchTag(asked, "NotFound", () => Effect.succeed(undefined))
}

function queryOf(
  query: { readonly [Field in keyof ChargeQuery]: ChargeQuery[Field] | undefined },
): ReadonlyArray<readonly [string, string]> {
  const named: ReadonlyArray<readonly [string, string | number | undefined]> = [
    ["limit", query.limit],
    ["cursor", query.cursor],
    ["cursor_direction", query.cursorDirection],
    ["from", query.from],
    ["to", query.to],
    ["mode", query.mode],
    ["transaction_token_id", query.transactionTokenId],
  ]
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
}
