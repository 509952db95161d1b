import type { RawDelivery, Verdict, Verify } from "@payfold/domain"
import { Clock, Effect, Fiber } from "effect"
import { Database } from "../postgres/Database.ts"
import type { KeepTogether } from "./keepTogether.ts"

/** Longer bodies are refused unread. The largest body seen is below 60 kB; lists of an API are not sent as webhooks. */
export const MAXIMUM_BODY_BYTES = 1024 * 1024

/**
 * How long receiving may take before the caller is answered. UnivaPay gives up after 3 seconds and counts it.
 *
 * Source: UnivaPay's webhook guide (docs.gopay-services.com, read 2026-11-20).
 */
const DEADLINE = "2500 millis"

/** Deliveries that nobody vouches for and that are kept all the same, a merchant: a wrong secret loses nothing, a flood fills no disk. */
const MAXIMUM_UNVERIFIED = 10_000

/**
 * What to answer the sender, and why. 200 is said only after the commit. 401: not authentic; it is kept in case our secret is wrong. 413: too long.
 * 503: we could not keep it now, the sender may try again; UnivaPay keeps a webhook alive over 503 but not over 500.
 */
export interface Answer {
  readonly status: 200 | 401 | 413 | 503
  readonly verdict: Verdict["_tag"] | "Unchecked"
  readonly reason: string
  readonly deliveryId?: number
}

/** Headers that are kept with a delivery. `Authorization` is UnivaPay's secret itself and is not. */
const KEPT_HEADERS = ["content-type", "user-agent", "omise-signature", "omise-signature-timestamp"]

/**
 * Takes in a webhook: verifies it, makes its bytes durable, and only then says so. Nothing is translated here: what the body says cannot
 * change the answer.
 */
export const receive = Effect.fn("receive")(function* (
  merchant: string,
  provider: string,
  verify: Verify,
  keepTogether: KeepTogether,
  request: Pick<RawDelivery, "body" | "headers">,
): Effect.fn.Return<Answer, never, Database> {
  if (request.body.length > MAXIMUM_BODY_BYTES) {
    return { status: 413, verdict: "Unchecked", reason: `a body of more than ${MAXIMUM_BODY_BYTES} bytes` }
  }
  const receivedAt = yield* Clock.currentTimeMillis
  const verdict = verify({ ...request, receivedAt })
  const isVerified = verdict._tag === "Verified"
  const keep = Effect.gen(function* () {
    if (!isVerified && (yield* hasManyUnverified(merchant))) return undefined
    return yield* keepTogether({
      provider,
      body: request.body,
      headers: keptHeaders(request.headers),
      verdict: isVerified ? "verified" : "unverified",
    })
  })
  // Should it be kept after all, the sender's next try is counted as the duplicate it is.
  return yield* keep.pipe(
    Effect.timeout(DEADLINE),
    Effect.match({
      onSuccess: kept => ({
        status: isVerified ? (200 as const) : (401 as const),
        verdict: verdict._tag,
        reason: verdict._tag === "Verified" ? "kept" : verdict.reason,
        ...(kept === undefined ? {} : { deliveryId: kept.deliveryId }),
      }),
      onFailure: failure => ({ status: 503 as const, verdict: verdict._tag, reason: failure.message }),
    }),
  )
})

function keptHeaders(headers: RawDelivery["headers"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap(name => {
      const value = headers[name]
      // Header values are bytes to HTTP; what a store refuses is not worth a delivery.
      return value === undefined ? [] : [[name, value.toWellFormed().replaceAll("\0", "\uFFFD")]]
    }),
  )
}

/** In a fiber of its own: a statement that was sent runs on, and the sender must not wait for it. */
const hasManyUnverified = (merchant: string) =>
  countUnverified(merchant).pipe(
    Effect.map(count => count >= MAXIMUM_UNVERIFIED),
    Effect.forkDetach,
    Effect.flatMap(Fiber.join),
  )

const countUnverified = Effect.fnUntraced(function* (merchant: string) {
  const database = yield* Database
  const rows = yield* database.query("count unverified", kysely =>
    kysely
      .selectFrom(
        kysely
          .selectFrom("delivery")
          .select("delivery_id")
          .where("merchant", "=", merchant)
          .where("state", "=", "waiting")
          .where("verdict", "=", "unverified")
          .limit(MAXIMUM_UNVERIFIED)
          .as("unverified"),
      )
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .execute(),
  )
  return rows[0]?.count ?? 0
})
