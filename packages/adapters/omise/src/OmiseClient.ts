import { type Instant, kindOf } from "@payfold/domain"
import {
  type Answer,
  checkedId,
  decodeAnswer,
  type HttpSettings,
  type IdRefused,
  makeProviderHttp,
  type ProviderFailure,
  type ProviderHttp,
  type ProviderRequest,
  path,
  SettingsRefused,
} from "@payfold/provider-http"
import { Effect, Option, Redacted, Result, Schema, Stream } from "effect"
import { chargeIdOf, type Difference, differences } from "./compare.ts"
import type { Form } from "./requests/form.ts"
import type { SourceRequest } from "./requests.ts"
import { Capability, CreatedSource, EventPage, SearchPage } from "./wire/answers.ts"
import { Charge } from "./wire/Charge.ts"
import { Refund } from "./wire/Refund.ts"

/** Where Omise listens. Source: SDKs, seeds (read 2026-11-20). */
export const OMISE_API_URL = "https://api.omise.co"

/** The version every request asks for: the newest there is; attributes are added to it in place. */
export const OMISE_VERSION = "2019-05-29"

/** How to reach Omise: `HttpSettings` with Omise's keys in place of a header. */
export interface OmiseClientSettings extends Partial<Omit<HttpSettings, "provider" | "authorization" | "headers">> {
  /** From configuration; `OMISE_API_URL` in production. */
  readonly baseUrl: string
  /** `skey_…`: it moves money. */
  readonly secretKey: Redacted.Redacted
  /** `pkey_…`: it creates sources and nothing else; of the same mode. */
  readonly publicKey?: Redacted.Redacted
}

/** What Omise answered: read, and as it came, for `translate` and for an inbox. */
export interface Answered<Value> {
  readonly value: Value
  readonly answer: Answer
}

/** What a retrieved charge says otherwise than the delivery did: nothing, where the delivery was true and is not overtaken. */
export interface Confirmation extends Answered<Charge> {
  readonly differences: ReadonlyArray<Difference>
}

/** A delivery that names no charge: there is nothing to retrieve. */
export class NoChargeNamed extends Schema.TaggedError<NoChargeNamed>()("NoChargeNamed", { found: Schema.String }) {
  override get message(): string {
    return `The delivery names no charge to retrieve: found ${this.found}`
  }
}

type Asked<Value, Failure = never> = Effect.Effect<Answered<Value>, ProviderFailure | Failure>

/**
 * Omise's API as far as a payment needs it. Reads are repeated when their answer is lost; what creates or changes something is not: its
 * `OutcomeUnknown` says to look first, with `searchCharges` by the merchant's own reference or `retrieveCharge`.
 */
export interface OmiseClient {
  readonly createSource: (source: SourceRequest) => Asked<CreatedSource>
  readonly retrieveSource: (id: string) => Asked<CreatedSource, IdRefused>
  /** The form comes from `chargeOfSource` or `chargeWithSource`. */
  readonly createCharge: (form: Form) => Asked<Charge>
  readonly retrieveCharge: (id: string) => Asked<Charge, IdRefused>
  /** Charges that hold a text, in their description or metadata say; `page` begins at 1. */
  readonly searchCharges: (query: string, page?: number) => Asked<SearchPage>
  /** Calls off a charge that still waits. */
  readonly expireCharge: (id: string) => Asked<Charge, IdRefused>
  /** The form comes from `refundOf`. */
  readonly refund: (chargeId: string, form: Form) => Asked<Refund, IdRefused>
  /** Pages of events since a moment, oldest first; each page is a body that `translate` reads. */
  readonly eventsSince: (since: Instant) => Stream.Stream<Answered<EventPage>, ProviderFailure>
  /** What this account may use: it varies, and goes before our table. */
  readonly capability: Asked<Capability>
  /** After the webhook, retrieve the charge and compare: seed 003. `body` is the delivery's parsed JSON. */
  readonly confirm: (body: unknown) => Effect.Effect<Confirmation, ProviderFailure | IdRefused | NoChargeNamed>
}

/** Makes a client, or refuses settings that cannot work. */
export function makeOmiseClient(settings: OmiseClientSettings): Result.Result<OmiseClient, SettingsRefused> {
  const { secretKey, publicKey, ...http } = settings
  const refused = (field: string, expected: string) =>
    Result.fail(new SettingsRefused({ provider: "omise", field, expected }))
  const mode = SECRET_KEY.exec(Redacted.value(secretKey))
  if (mode === null) return refused("secretKey", "a secret key: skey_… or skey_test_…")
  const publicMode = publicKey === undefined ? undefined : PUBLIC_KEY.exec(Redacted.value(publicKey))
  if (publicMode === null) return refused("publicKey", "a public key: pkey_… or pkey_test_…")
  if (publicMode !== undefined && publicMode[1] !== mode[1])
    return refused("publicKey", "a key of the secret key's mode")
  return Result.map(
    makeProviderHttp({
      ...http,
      provider: "omise",
      authorization: basic(secretKey),
      headers: { "omise-version": OMISE_VERSION },
    }),
    sender => clientOf(sender, basic(publicKey ?? secretKey)),
  )
}

const SECRET_KEY = /^skey(_test)?_[0-9a-z]+$/
const PUBLIC_KEY = /^pkey(_test)?_[0-9a-z]+$/

/** The key is the user's name; the password is empty. */
function basic(key: Redacted.Redacted): Redacted.Redacted {
  return Redacted.make(`Basic ${Buffer.from(`${Redacted.value(key)}:`).toString("base64")}`)
}

function clientOf({ send }: ProviderHttp, publicAuthorization: Redacted.Redacted): OmiseClient {
  const ask = <S extends Schema.ConstraintDecoder<unknown>>(schema: S, request: ProviderRequest): Asked<S["Type"]> =>
    Effect.flatMap(send(request), answer =>
      Effect.map(decodeAnswer(schema)(answer), (value: S["Type"]) => ({ value, answer })),
    )

  const createSource: OmiseClient["createSource"] = ({ form }) =>
    ask(CreatedSource, { ...post(path`/sources`, form), authorization: publicAuthorization })

  const retrieveSource: OmiseClient["retrieveSource"] = Effect.fnUntraced(function* (text) {
    const id = yield* Effect.fromResult(sourceId(text))
    return yield* ask(CreatedSource, get(path`/sources/${id}`))
  })

  // Expanded, because a dispute that is only an id does not tell that it was lost.
  const retrieveCharge: OmiseClient["retrieveCharge"] = Effect.fnUntraced(function* (text) {
    const id = yield* Effect.fromResult(chargeId(text))
    return yield* ask(Charge, get(path`/charges/${id}`, [["expand", "true"]]))
  })

  const expireCharge: OmiseClient["expireCharge"] = Effect.fnUntraced(function* (text) {
    const id = yield* Effect.fromResult(chargeId(text))
    return yield* ask(Charge, post(path`/charges/${id}/expire`, []))
  })

  const refund: OmiseClient["refund"] = Effect.fnUntraced(function* (text, form) {
    const id = yield* Effect.fromResult(chargeId(text))
    return yield* ask(Refund, post(path`/charges/${id}/refunds`, form))
  })

  const searchCharges: OmiseClient["searchCharges"] = (query, page = 1) =>
    ask(
      SearchPage,
      get(path`/search`, [
        ["scope", "charge"],
        ["query", query],
        ["page", String(page)],
      ]),
    )

  const eventsSince: OmiseClient["eventsSince"] = since =>
    Stream.paginate(0, offset =>
      Effect.map(ask(EventPage, get(path`/events`, eventsQuery(since, offset))), page => {
        const next = offset + page.value.data.length
        const isLast = page.value.data.length === 0 || next >= page.value.total
        return [[page], isLast ? Option.none() : Option.some(next)] as const
      }),
    )

  const confirm: OmiseClient["confirm"] = Effect.fnUntraced(function* (body) {
    const id = chargeIdOf(body)
    if (id === undefined) return yield* new NoChargeNamed({ found: kindOf(body) })
    const retrieved = yield* retrieveCharge(id)
    return { ...retrieved, differences: differences(body, retrieved.value) }
  })

  return {
    createSource,
    retrieveSource,
    createCharge: form => ask(Charge, post(path`/charges`, form)),
    retrieveCharge,
    searchCharges,
    expireCharge,
    refund,
    eventsSince,
    capability: ask(Capability, get(path`/capability`)),
    confirm,
  }
}

/** Source: Omise API reference, recorded objects (read 2026-11-20). */
const chargeId = (id: string) => checkedId("omise", "the id of a charge", /^chrg(_test)?_[0-9a-z]+$/, id)
const sourceId = (id: string) => checkedId("omise", "the id of a source", /^src(_test)?_[0-9a-z]+$/, id)

function get(to: ProviderRequest["path"], query: NonNullable<ProviderRequest["query"]> = []): ProviderRequest {
  return { method: "GET", path: to, query, repeat: "safe" }
}

/** Omise has no idempotency keys: what was sent once is not sent again. */
function post(to: ProviderRequest["path"], fields: Form): ProviderRequest {
  return { method: "POST", path: to, body: { _tag: "Form", fields }, repeat: "once" }
}

/** Oldest first from a fixed moment, so that new events only lengthen the end of the list while it is paged through. */
function eventsQuery(since: Instant, offset: number): NonNullable<ProviderRequest["query"]> {
  return [
    ["from", since.replace(/\.\d{3}Z$/, "Z")],
    ["order", "chronological"],
    ["limit", "100"],
    ["offset", String(offset)],
  ]
}
