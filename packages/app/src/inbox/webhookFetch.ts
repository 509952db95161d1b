import { Effect } from "effect"
import type { Inbox } from "./Inbox.ts"
import { type Answer, MAXIMUM_BODY_BYTES } from "./receive.ts"

/**
 * A Fetch handler for webhooks: `POST …/<provider>`. It answers after the commit, with a short reason and nothing else.
 *
 *     export default { fetch: webhookFetch(inbox) }
 */
export function webhookFetch(inbox: Inbox["Service"]): (request: Request) => Promise<Response> {
  return async request => {
    const provider = new URL(request.url).pathname.split("/").at(-1) ?? ""
    if (request.method !== "POST") return answerWith(405, "only POST brings a webhook")
    const body = await bodyWithin(request)
    if (body === undefined) return answerWith(413, `a body of more than ${MAXIMUM_BODY_BYTES} bytes`)
    const headers = Object.fromEntries(request.headers)
    return await Effect.runPromise(
      inbox.receive(provider, { body, headers }).pipe(
        Effect.match({
          onSuccess: ({ status, reason }: Answer) => answerWith(status, reason),
          onFailure: failure => answerWith(404, failure.message),
        }),
      ),
    )
  }
}

function answerWith(status: number, reason: string): Response {
  return new Response(`${reason}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } })
}

/** The bytes as they came in; `undefined` once there are too many, without reading on. */
async function bodyWithin(request: Request): Promise<Uint8Array | undefined> {
  const pieces: Array<Uint8Array> = []
  let length = 0
  for await (const piece of request.body ?? []) {
    length += piece.length
    if (length > MAXIMUM_BODY_BYTES) return undefined
    pieces.push(piece)
  }
  const whole = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}
