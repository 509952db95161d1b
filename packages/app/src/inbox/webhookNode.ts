import type { IncomingMessage, RequestListener } from "node:http"
import { Readable } from "node:stream"
import type { Inbox } from "./Inbox.ts"
import { webhookFetch } from "./webhookFetch.ts"

/**
 * A listener of `node:http` for webhooks: `POST …/<provider>`.
 *
 *     createServer(webhookNode(inbox)).listen(8080)
 */
export function webhookNode(inbox: Inbox["Service"]): RequestListener {
  const handle = webhookFetch(inbox)
  return (message, response) => {
    handle(toRequest(message)).then(
      async answer => {
        // What is left of a body that was too long is not waited for.
        if (!message.complete) response.setHeader("connection", "close")
        response.writeHead(answer.status, Object.fromEntries(answer.headers))
        response.end(await answer.text())
      },
      // The sender went away while it was sending: there is nobody to answer.
      () => response.destroy(),
    )
  }
}

function toRequest(message: IncomingMessage): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one)
  }
  const method = message.method ?? "GET"
  const hasBody = method !== "GET" && method !== "HEAD"
  return new Request(new URL(message.url ?? "/", "http://webhook.invalid"), {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(message), duplex: "half" } : {}),
  })
}
