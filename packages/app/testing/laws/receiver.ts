import { createServer } from "node:http"
import { Effect, Layer, Redacted, Result } from "effect"
import { Inbox } from "../../src/inbox/Inbox.ts"
import { keepDelivery } from "../../src/inbox/keepDelivery.ts"
import { webhookNode } from "../../src/inbox/webhookNode.ts"
import { Database } from "../../src/postgres/Database.ts"
import { databaseUrlFromText } from "../../src/postgres/DatabaseUrl.ts"

/**
 * A process that receives UnivaPay's webhooks and is meant to be killed: `node receiver.ts <payfold|broken> <secret>`. Prints its port.
 *
 * `broken` answers at once and writes what it has when 25 bodies came together.
 */
const [kind, secret = ""] = process.argv.slice(2)
const url = Result.getOrThrow(databaseUrlFromText(process.env["PAYFOLD_DATABASE_URL"]))

const answersFirst = Effect.gen(function* () {
  const services = yield* Effect.context<Database>()
  let waiting: Array<Uint8Array> = []
  return createServer(async (request, response) => {
    const chunks: Array<Uint8Array> = []
    for await (const chunk of request) chunks.push(chunk)
    waiting.push(Buffer.concat(chunks))
    response.writeHead(200).end()
    if (waiting.length < 25) return
    const full = waiting
    waiting = []
    await Effect.runPromise(
      Effect.forEach(full, body =>
        keepDelivery("default", { provider: "univapay", body, headers: {}, verdict: "verified" }),
      ).pipe(Effect.provide(services)),
    )
  })
})

const serve = Effect.gen(function* () {
  const server = kind === "broken" ? yield* answersFirst : createServer(webhookNode(yield* Inbox))
  server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    console.log(typeof address === "object" ? address?.port : address)
  })
  return yield* Effect.never
})

await Effect.runPromise(
  serve.pipe(
    Effect.provide(
      Inbox.layer("default", { univapay: [Redacted.make(secret)] }).pipe(Layer.provideMerge(Database.layer(url))),
    ),
  ),
)
