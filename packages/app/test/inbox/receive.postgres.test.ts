import { createHmac } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { Deferred, Effect, Fiber, Layer, Redacted } from "effect"
import { sql } from "kysely"
import { expect } from "vitest"
import { Inbox } from "../../src/inbox/Inbox.ts"
import { MAXIMUM_BODY_BYTES } from "../../src/inbox/receive.ts"
import { webhookFetch } from "../../src/inbox/webhookFetch.ts"
import { webhookNode } from "../../src/inbox/webhookNode.ts"
import { EventLog } from "../../src/log/EventLog.ts"
import { Database } from "../../src/postgres/Database.ts"
import { Transaction } from "../../src/postgres/Transaction.ts"
import { body, KONBINI, konbiniPaid } from "../bodies.ts"
import { describeEachEngine } from "../describeEachEngine.ts"

const SECRET = Buffer.from("a webhook secret for tests").toString("base64")
const secrets = { omise: [Redacted.make(SECRET)], univapay: [Redacted.make("a-token-of-the-webhook")] }

function signed(bytes: Uint8Array): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const digest = createHmac("sha256", Buffer.from(SECRET, "base64")).update(`${timestamp}.`).update(bytes).digest("hex")
  return { "omise-signature": digest, "omise-signature-timestamp": timestamp }
}

const withInbox = <A, E>(use: (inbox: Inbox["Service"]) => Effect.Effect<A, E, Database | EventLog>) =>
  Effect.gen(function* () {
    const { merchant } = yield* EventLog
    const inbox = yield* Inbox
    expect(inbox.merchant).toBe(merchant)
    return yield* use(inbox)
  }).pipe(Effect.provide(Layer.unwrap(Effect.map(EventLog, ({ merchant }) => Inbox.layer(merchant, secrets)))))

const { bytes } = body(konbiniPaid)

describeEachEngine("receiving webhooks", ({ test }) => {
  test("keeps an authentic one byte for byte before it answers 200, and records it when drained", () =>
    withInbox(inbox =>
      Effect.gen(function* () {
        const answer = yield* inbox.receive("omise", { body: bytes, headers: signed(bytes) })
        expect(answer).toMatchObject({ status: 200, verdict: "Verified" })
        const database = yield* Database
        const rows = yield* database.query("read body", kysely =>
          kysely.selectFrom("delivery").select(["body", "headers"]).where("merchant", "=", inbox.merchant).execute(),
        )
        expect(new Uint8Array(rows[0]?.body ?? [])).toEqual(bytes)
        expect(Object.keys(rows[0]?.headers ?? {})).toEqual(["omise-signature", "omise-signature-timestamp"])
        yield* inbox.drain
        const log = yield* EventLog
        expect(yield* log.readPayment(KONBINI)).toHaveLength(3)
      }),
    ))

  test("answers 401 to what is not authentic, keeps it, and records nothing of it", () =>
    withInbox(inbox =>
      Effect.gen(function* () {
        const headers = { ...signed(bytes), "omise-signature": "0".repeat(64), authorization: "Bearer stolen" }
        expect(yield* inbox.receive("omise", { body: bytes, headers })).toMatchObject({ status: 401 })
        yield* inbox.drain
        const log = yield* EventLog
        expect(yield* log.readPayment(KONBINI)).toHaveLength(0)
        const [kept] = yield* inbox.list("all", 0)
        expect(kept).toMatchObject({ verdict: "unverified", state: "waiting" })
      }),
    ))

  test("keeps no header that is a secret", () =>
    withInbox(inbox =>
      Effect.gen(function* () {
        yield* inbox.receive("univapay", { body: bytes, headers: { authorization: "a-token-of-the-webhook" } })
        const database = yield* Database
        const rows = yield* database.query("read headers", kysely =>
          kysely.selectFrom("delivery").select("headers").where("merchant", "=", inbox.merchant).execute(),
        )
        expect(JSON.stringify(rows)).not.toContain("a-token-of-the-webhook")
      }),
    ))

  test("refuses a body that is too long, and a provider that has no secret here", () =>
    withInbox(inbox =>
      Effect.gen(function* () {
        const long = new Uint8Array(MAXIMUM_BODY_BYTES + 1)
        expect(yield* inbox.receive("omise", { body: long, headers: {} })).toMatchObject({ status: 413 })
        expect((yield* Effect.flip(inbox.receive("stripe", { body: bytes, headers: {} }))).message).toContain("stripe")
      }),
    ))

  test("answers 503 within its deadline when the database does not, and takes the same webhook later", () =>
    withInbox(inbox =>
      Effect.gen(function* () {
        const database = yield* Database
        const done = yield* Deferred.make<void>()
        const locked = yield* Deferred.make<void>()
        const holder = yield* Effect.forkChild(
          database.transaction(
            Effect.gen(function* () {
              const transaction = yield* Transaction
              yield* transaction.query("lock", kysely =>
                sql`lock table payfold.delivery in access exclusive mode`.execute(kysely),
              )
              yield* Deferred.succeed(locked, undefined)
              yield* Deferred.await(done)
            }),
          ),
        )
        yield* Deferred.await(locked)
        const whoever = [signed(bytes), {}].map(headers => inbox.receive("omise", { body: bytes, headers }))
        expect(yield* Effect.all(whoever, { concurrency: "unbounded" })).toMatchObject([
          { status: 503 },
          { status: 503 },
        ])
        yield* Deferred.succeed(done, undefined)
        yield* Fiber.join(holder)
        expect(yield* inbox.receive("omise", { body: bytes, headers: signed(bytes) })).toMatchObject({ status: 200 })
      }),
    ))

  test("cannot be opened with a secret that would let anything through", () =>
    Effect.gen(function* () {
      const { merchant } = yield* EventLog
      for (const bad of [
        { omise: [Redacted.make("")] },
        { omise: [] },
        { univapay: [Redacted.make("")] },
        { nobody: [] },
      ]) {
        const error = yield* Effect.flip(Effect.provide(Inbox, Inbox.layer(merchant, bad)))
        expect(["SecretRefused", "UnknownProvider"]).toContain(error._tag)
      }
    }))

  test("takes webhooks over real HTTP, by node:http and as a Fetch handler", () =>
    withInbox(inbox =>
      Effect.promise(async () => {
        const server = createServer(webhookNode(inbox)).listen(0, "127.0.0.1")
        await new Promise(listening => server.once("listening", listening))
        // A TCP server that listens has a numbered port.
        const { port } = server.address() as AddressInfo
        try {
          const url = `http://127.0.0.1:${port}/webhooks`
          const post = (path: string, content: Uint8Array, headers: Record<string, string>) =>
            fetch(`${url}${path}`, { method: "POST", body: Buffer.from(content), headers })
          expect((await post("/omise", bytes, signed(bytes))).status).toBe(200)
          expect((await post("/omise", bytes, {})).status).toBe(401)
          expect((await post("/nobody", bytes, {})).status).toBe(404)
          expect((await fetch(`${url}/omise`)).status).toBe(405)
          expect((await post("/omise", new Uint8Array(MAXIMUM_BODY_BYTES + 1), {})).status).toBe(413)
          const request = new Request(`${url}/omise`, {
            method: "POST",
            body: Buffer.from(bytes),
            headers: signed(bytes),
          })
          expect((await webhookFetch(inbox)(request)).status).toBe(200)
        } finally {
          server.closeAllConnections()
          await new Promise(closed => server.close(closed))
        }
      }),
    ))
})
