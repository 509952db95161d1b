import type { ReceivedRequest, ServerAnswer } from "@payfold/provider-http/testing"
import { fixture } from "./fixture.ts"

export const STORE_ID = "11ec9f7f-fb01-2620-af32-af7eb1bedc1a"
export const CHARGE_ID = "11ed07f5-345d-4308-a4c9-9f6b3663e18f"
export const TOKEN_ID = "11ed07f5-2da0-18ce-96f7-9f06340a7a87"
export const BEARER = "Bearer the-secret.the.jwt"

/** What the server should do otherwise than usual. */
export interface Mood {
  /** Statuses of the charge, one a request; the last stays. */
  readonly statuses?: ReadonlyArray<string>
  /** Requests, from the first, that are done and whose answer is lost. */
  readonly loses?: number
  /** Requests, from the first, that are too many. */
  readonly tooMany?: number
  /** What the answers say of the key; kept where absent. */
  readonly idempotency?: "disabled" | "not_stored" | "no_status" | "error"
  /** Every use of a key that is taken conflicts, also by the same request: the provider still works on the first. */
  readonly alwaysConflicts?: true
  /** Creations, from the first, that are done and answered with 500. */
  readonly stumbles?: number
  /** The body of every creation's answer. */
  readonly created?: string
  /** The first bytes of every charge that is read. */
  readonly opensWith?: string
  readonly missing?: ReadonlyArray<"token" | "expiry">
  readonly token?: Readonly<Record<string, unknown>>
}

/**
 * Behaves like the documentation of UnivaPay's API: bearer, idempotency keys with their conflicts, errors with code and reasons, 429 without a
 * body. Bodies keep odd spaces, so that *verbatim* can be seen.
 */
export function univapayServer(mood: Mood) {
  const stored = new Map<string, { readonly request: string; readonly body: string }>()
  const done: Array<string> = []
  const keepsKeys = mood.idempotency === undefined
  const status = mood.idempotency ?? "successfully_stored"
  let reads = 0
  const answer = (request: ReceivedRequest, index: number): ServerAnswer => {
    if (index < (mood.tooMany ?? 0)) return { _tag: "Reply", status: 429, headers: { "retry-after": "0" } }
    if (request.headers["authorization"] === undefined) return refuse(401, "AUTH_HEADER_MISSING")
    if (request.headers["authorization"] !== BEARER) return refuse(401, "INVALID_CREDENTIALS")
    const reply = request.method === "POST" ? create(request) : read(request)
    return index < (mood.loses ?? 0) ? { _tag: "HangUp" } : reply
  }

  const create = (request: ReceivedRequest): ServerAnswer => {
    const key = request.headers["idempotency-key"]
    if (typeof key !== "string") return refuse(400, "VALIDATION_ERROR")
    const same = `${request.target} ${request.body}`
    const earlier = keepsKeys ? stored.get(key) : undefined
    if (earlier !== undefined && (mood.alwaysConflicts || earlier.request !== same))
      return refuse(409, "IDEMPOTENCY_KEY_CONFLICT", { "idempotency-status": "conflicting_key" })
    if (earlier !== undefined) return reply(201, earlier.body, "retrieved_idempotent_response")
    done.push(same)
    if (done.length <= (mood.stumbles ?? 0)) return reply(500, "", status)
    const body = mood.created ?? JSON.stringify(createdBy(request))
    stored.set(key, { request: same, body })
    return reply(201, body, status)
  }

  const read = ({ target }: ReceivedRequest): ServerAnswer => {
    const { pathname } = new URL(target, "http://localhost")
    switch (pathname) {
      case `/stores/${STORE_ID}/charges/${CHARGE_ID}`: {
        const statuses = mood.statuses ?? ["awaiting"]
        const status = statuses[Math.min(reads++, statuses.length - 1)]
        const charge = JSON.stringify({ ...fixture("seed-001-3-awaiting"), status }, undefined, 3)
        return reply(200, `${mood.opensWith ?? ""}${charge}`)
      }
      case `/stores/${STORE_ID}/tokens/${TOKEN_ID}`:
        if (mood.missing?.includes("token")) return refuse(404, "NOT_FOUND")
        return reply(200, ` ${JSON.stringify(mood.token ?? fixture("konbini-token"))} `)
      case `/stores/${STORE_ID}/charges/${CHARGE_ID}/expiry/latest`:
        return mood.missing?.includes("expiry")
          ? refuse(404, "NOT_FOUND")
          : reply(200, JSON.stringify(fixture("expiry-latest")))
      case `/stores/${STORE_ID}/charges`:
        return reply(200, JSON.stringify({ items: [fixture("seed-001-3-awaiting")], has_more: false, total_hits: 1 }))
      case `/stores/${STORE_ID}/charges/${CHARGE_ID}/refunds`:
        return reply(200, JSON.stringify({ items: [], has_more: false, total_hits: 0 }))
      default:
        return refuse(404, "NOT_FOUND")
    }
  }

  return { answer, done }
}

function createdBy({ target }: ReceivedRequest): unknown {
  if (target === "/tokens") return fixture("konbini-token")
  if (target === "/charges") return { ...fixture("seed-001-3-awaiting"), status: "pending", metadata: {} }
  return target.endsWith("/cancels")
    ? { ...fixture("cancel"), status: "pending" }
    : { ...fixture("refund"), status: "pending" }
}

function reply(status: number, body: string, idempotency?: string): ServerAnswer {
  const headers = idempotency === undefined ? {} : { "idempotency-status": idempotency }
  return { _tag: "Reply", status, headers, body }
}

function refuse(status: number, code: string, headers: Record<string, string> = {}): ServerAnswer {
  return { _tag: "Reply", status, headers, body: JSON.stringify({ status: "error", code, errors: [] }) }
}
