import { createServer, type Server } from "node:http"
import { catchUp, Database, type DatabaseUrl, Inbox, migrate, payments, webhookNode } from "@payfold/app"
import { Effect, type Redacted, Schedule } from "effect"

/** Takes in Omise's webhooks at `POST /webhooks/omise` until it is interrupted. */
export const receiveWithNode = (url: DatabaseUrl, secret: Redacted.Redacted, onListening: (server: Server) => void) =>
  Effect.gen(function* () {
    yield* migrate()
    const inbox = yield* Effect.provide(Inbox, Inbox.layer("default", { omise: [secret] }))

    // The door: verified, durable, answered. Nothing is translated while the sender waits.
    const server = createServer(webhookNode(inbox))
    yield* Effect.addFinalizer(() => Effect.promise(() => new Promise<void>(closed => server.close(() => closed()))))
    server.listen(0, "127.0.0.1", () => onListening(server))

    // Behind it: what was kept becomes events, and events become rows.
    const work = Effect.andThen(inbox.drain, catchUp("default", payments))
    yield* Effect.repeat(work, Schedule.spaced("50 millis"))
  }).pipe(Effect.scoped, Effect.provide(Database.layer(url)))
