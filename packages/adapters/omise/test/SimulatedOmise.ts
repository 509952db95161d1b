import type { ReceivedRequest, ServerAnswer } from "@payfold/provider-http/testing"

type Json = Record<string, unknown>

/**
 * Omise's API as its documentation describes it, as far as the client uses it: form bodies, Basic authorisation, error objects. The search for
 * `pay everything` pays all charges that wait, as the dashboard does in test mode.
 */
export class SimulatedOmise {
  readonly #charges: Array<Json> = []
  readonly #sources: Array<Json> = []

  answer(request: ReceivedRequest): ServerAnswer {
    const url = new URL(request.target, "http://localhost")
    const authorization = String(request.headers["authorization"])
    const key = Buffer.from(authorization.replace("Basic ", ""), "base64").toString("utf8")
    if (!/^[sp]key_test_[0-9a-z]+:$/.test(key)) return error(401, "authentication_failure", "authentication failed")
    if (request.headers["omise-version"] !== "2019-05-29") return error(400, "bad_request", "unexpected version")
    const form = new URLSearchParams(request.body)
    const [, collection = "", id = "", action = ""] = url.pathname.split("/")
    const isSecret = key.startsWith("skey_")
    if (collection === "sources") return this.#source(request.method, id, form)
    if (!isSecret) return error(401, "authentication_failure", "a secret key is required")
    switch (collection) {
      case "charges":
        return this.#charge(request.method, id, action, form)
      case "search":
        return this.#search(url.searchParams.get("query") ?? "")
      case "events":
        return this.#events(url.searchParams)
      case "capability":
        return ok({ object: "capability", payment_methods: [{ name: "econtext", currencies: ["JPY"] }] })
      default:
        return error(404, "not_found", "there is nothing here")
    }
  }

  #source(method: string, id: string, form: URLSearchParams): ServerAnswer {
    if (method === "GET") return found(this.#sources, id)
    const source = {
      object: "source",
      id: `src_test_${this.#sources.length}`,
      livemode: false,
      flow: "offline",
      ...Object.fromEntries(form),
      amount: Number(form.get("amount")),
    }
    this.#sources.push(source)
    return ok(source)
  }

  #charge(method: string, id: string, action: string, form: URLSearchParams): ServerAnswer {
    if (id === "") return this.#create(form)
    const charge = this.#charges.find(each => each["id"] === id)
    if (charge === undefined) return error(404, "not_found", `charge ${id} was not found`)
    if (method === "GET") return ok(charge)
    if (action === "expire") {
      if (charge["status"] !== "pending") return error(400, "failed_expire", "charge cannot be set to expire")
      Object.assign(charge, { status: "expired", expired: true })
      return ok(charge)
    }
    if (charge["status"] !== "successful") return error(400, "failed_refund", "charge cannot be refunded")
    return ok({
      object: "refund",
      id: "rfnd_test_1",
      amount: Number(form.get("amount")),
      currency: charge["currency"],
      charge: id,
      status: "closed",
    })
  }

  #create(form: URLSearchParams): ServerAnswer {
    const amount = Number(form.get("amount"))
    if (amount < 150) return error(400, "invalid_charge", "amount must be greater than or equal to 150")
    const metadata = [...form].flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
      return key === undefined ? [] : [[key, value]]
    })
    const charge = {
      object: "charge",
      id: `chrg_test_${this.#charges.length}`,
      livemode: false,
      amount,
      currency: form.get("currency"),
      status: "pending",
      metadata: Object.fromEntries(metadata),
      created_at: "2025-01-01T00:00:00Z",
      authorize_uri: "https://pay.omise.co/offlines/econtext/instructions/oflp_test_1",
      source: { object: "source", type: form.get("source[type]"), flow: "offline", references: { payment_code: "1" } },
    }
    this.#charges.push(charge)
    return ok(charge)
  }

  #search(query: string): ServerAnswer {
    if (query === "pay everything") for (const charge of this.#charges) Object.assign(charge, { status: "successful" })
    const data = this.#charges.filter(charge => JSON.stringify(charge).includes(query))
    return ok({ object: "search", data, page: 1, total_pages: 1 })
  }

  #events(query: URLSearchParams): ServerAnswer {
    const [limit, offset] = [Number(query.get("limit")), Number(query.get("offset"))]
    const all = this.#charges.map(data => ({
      object: "event",
      key: "charge.create",
      created_at: "2025-01-01T00:00:00Z",
      data,
    }))
    return ok({ object: "list", data: all.slice(offset, offset + limit), limit, offset, total: all.length })
  }
}

function found(objects: ReadonlyArray<Json>, id: string): ServerAnswer {
  const object = objects.find(each => each["id"] === id)
  return object === undefined ? error(404, "not_found", `${id} was not found`) : ok(object)
}

function ok(body: unknown): ServerAnswer {
  return { _tag: "Reply", status: 200, body: JSON.stringify(body) }
}

function error(status: number, code: string, message: string): ServerAnswer {
  const location = `https://docs.omise.co/api/errors#${code.replaceAll("_", "-")}`
  return { _tag: "Reply", status, body: JSON.stringify({ object: "error", location, code, message }) }
}
