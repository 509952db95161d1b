import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { Effect } from "effect"

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: string
}

/** `Reply` is an answer; `HangUp` closes the connection without one, before or in the middle of it; `Silence` never answers. */
export type ServerAnswer =
  | {
      readonly _tag: "Reply"
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Uint8Array
    }
  | { readonly _tag: "HangUp"; readonly after?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly _tag: "Silence" }

export interface TestServer {
  readonly url: string
  /** Everything received so far, in order. */
  readonly requests: ReadonlyArray<ReceivedRequest>
}

/** A real HTTP server on a free port of 127.0.0.1 that lives as long as its scope. */
export function startServer(answer: (request: ReceivedRequest, index: number) => ServerAnswer) {
  return Effect.map(
    Effect.acquireRelease(
      Effect.promise(() => listen(answer)),
      ({ close }) => Effect.promise(close),
    ),
    ({ server }) => server,
  )
}

async function listen(answer: (request: ReceivedRequest, index: number) => ServerAnswer) {
  const requests: Array<ReceivedRequest> = []
  const server = createServer(async (incoming, outgoing) => {
    const request = await read(incoming)
    requests.push(request)
    write(outgoing, answer(request, requests.length - 1))
  })
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (typeof address !== "object" || address === null) throw new Error("a TCP server has an address")
  const close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return { server: { url: `http://127.0.0.1:${address.port}`, requests }, close }
}

async function read(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Array<Buffer> = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return {
    method: incoming.method ?? "",
    target: incoming.url ?? "",
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  }
}

function write(outgoing: ServerResponse, answer: ServerAnswer): void {
  switch (answer._tag) {
    case "Reply":
      outgoing.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(answer.body)
      return
    case "HangUp":
      if (answer.after === undefined) {
        outgoing.destroy()
        return
      }
      outgoing.writeHead(200, { "content-length": String(answer.after.length + 100), ...answer.headers })
      outgoing.write(answer.after, () => outgoing.destroy())
      return
    case "Silence":
      return
  }
}
