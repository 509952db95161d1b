import { Database, type DatabaseUrl, Inbox, migrate, webhookFetch } from "@payfold/app"
import { Layer, ManagedRuntime, type Redacted } from "effect"

/** A handler for any server that speaks Fetch: `export default { fetch: handler }`. */
export async function receiveWithFetch(url: DatabaseUrl, token: Redacted.Redacted) {
  const inboxes = Inbox.layer("default", { univapay: [token] })
  const runtime = ManagedRuntime.make(Layer.provideMerge(inboxes, Database.layer(url)))
  await runtime.runPromise(migrate())
  const inbox = await runtime.runPromise(Inbox)
  return { handler: webhookFetch(inbox), close: () => runtime.dispose() }
}
